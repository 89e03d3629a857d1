"""Pieces of HTML: escaped text, tables, sections."""

from collections.abc import Iterable, Sequence
from html import escape

from polybot.reports.plain import plain


def esc(value: object, *, limit: int = 400) -> str:
    """Any value as text that cannot become markup."""
    return escape(plain(str(value), limit=limit))


def section(anchor: str, title: str, *parts: str) -> str:
    """A part of the report under its own heading."""
    body = "\n".join(part for part in parts if part)
    return (
        f'<section id="{anchor}" aria-labelledby="{anchor}-title">\n'
        f'<h2 id="{anchor}-title">{esc(title)}</h2>\n{body}\n</section>'
    )


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    text_columns: Sequence[int] = (0,),
) -> str:
    """A table; cells are HTML already, columns are numbers unless named as text."""
    kinds = ["" if place in text_columns else ' class="n"' for place in range(len(heads))]
    head = "".join(f'<th scope="col"{k}>{esc(h)}</th>' for h, k in zip(heads, kinds, strict=True))
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{k}>{cell}</td>" for cell, k in zip(row, kinds, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{esc(caption)}">'
        f"<table><caption>{esc(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def note(text: str) -> str:
    """A remark under a chart or a table."""
    return f'<p class="note">{esc(text, limit=2_000)}</p>'


def side_by_side(*parts: str) -> str:
    """Parts next to each other where the page is wide enough."""
    return '<div class="pair">' + "".join(f"<div>{part}</div>" for part in parts if part) + "</div>"


def signed(number: float, text: str) -> str:
    """A number coloured by its sign; the sign is in the text too, for those who see no colour."""
    kind = "gain" if number > 0 else "loss" if number < 0 else "flat"
    return f'<span class="{kind}">{text}</span>'
