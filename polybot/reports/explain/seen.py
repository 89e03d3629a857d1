"""What a decision had before its eyes, with the age of what ages."""

from collections.abc import Mapping

from polybot.reports.plain import amount

type Inputs = Mapping[str, float | str | None]


def seen_lines(inputs: Inputs) -> list[str]:
    """One or two lines; none when the decision saw no market."""
    lines = []
    if isinstance(inputs.get("spot"), float):
        lines.append("saw: " + ", ".join(filter(None, _asset(inputs))))
    if "up_bid" in inputs:
        lines.append(f"book of up: {_book(inputs)}")
    if isinstance(inputs.get("fair"), float):
        lines.append(f"worth {_number(inputs, 'fair', 4)}, edge {_number(inputs, 'edge', 4)}")
    return lines


def _asset(inputs: Inputs) -> list[str]:
    away = _difference(inputs)
    volatility = inputs.get("volatility")
    share = f"{1e4 * volatility:.2f}" if isinstance(volatility, float) else ""
    return [
        f"spot {_number(inputs, 'spot', 2)}{_age(inputs, 'spot_age_s')}",
        f"strike {_number(inputs, 'strike', 2)}{away}",
        f"basis {_number(inputs, 'basis', 2)}{_age(inputs, 'basis_age_s')}",
        f"volatility {share} bp a root second" if share else "",
        f"average so far {_number(inputs, 'averaged', 2)}" if inputs.get("averaged") else "",
    ]


def _difference(inputs: Inputs) -> str:
    spot, strike = inputs.get("spot"), inputs.get("strike")
    if not isinstance(spot, float) or not isinstance(strike, float):
        return ""
    return f" (spot {amount(spot - strike, signed=True)})"


def _book(inputs: Inputs) -> str:
    bid, ask = _number(inputs, "up_bid", 4), _number(inputs, "up_ask", 4)
    return f"bid {bid}, ask {ask}{_age(inputs, 'book_age_s')}"


def _number(inputs: Inputs, name: str, places: int) -> str:
    value = inputs.get(name)
    return amount(value if isinstance(value, float) else None, places=places)


def _age(inputs: Inputs, name: str) -> str:
    age = inputs.get(name)
    return f" ({age:.1f} s old)" if isinstance(age, float) else ""
