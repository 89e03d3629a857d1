"""LangChain's chat models behind one small protocol: the only file that knows the library.

It is imported where it is used, so that everything else works without the extra.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from polybot.errors import ConfigError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_INSTALL = "install polybot[advisor], or turn the advisor off"


class ChatModel(Protocol):
    """Whoever answers a prompt with text."""

    @property
    def name(self) -> str:
        """What it is called in records."""
        ...

    async def answer(self, system: str, prompt: str) -> str:
        """The whole answer; any exception means that there is none."""
        ...


class LangChainModel:
    """A chat model of LangChain, asked without tools, callbacks or tracing."""

    def __init__(self, model: "BaseChatModel", name: str = "") -> None:
        self._model = model
        self._name = name or type(model).__name__

    @property
    def name(self) -> str:
        """What it is called in records."""
        return self._name

    async def answer(self, system: str, prompt: str) -> str:
        """The text of the answer; an answer that calls tools has none."""
        try:
            from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415
            from langsmith import tracing_context  # noqa: PLC0415  langchain_core needs it
        except ImportError as error:
            raise ConfigError(f"langchain_core cannot be imported: {_INSTALL}") from error

        # An environment variable alone would send every prompt to a third party.
        with tracing_context(enabled=False):
            message = await self._model.ainvoke([SystemMessage(system), HumanMessage(prompt)])
        return "" if message.tool_calls else str(message.text)


def load_model(path: str, params: Mapping[str, str | float | bool]) -> LangChainModel:
    """The chat model that ``package.module:name`` makes of ``params``.

    ConfigError says what is wrong, but never what the maker said: its message may hold a key.
    """
    try:
        from langchain_core.language_models import BaseChatModel  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError(f"langchain_core cannot be imported: {_INSTALL}") from error

    module, colon, name = path.partition(":")
    if not (module and colon and name):
        raise ConfigError(f"`model` must be package.module:name, was {path[:80]!r}")
    try:
        made = getattr(import_module(module), name)(**params)
    except Exception as error:  # noqa: BLE001  whatever a library raises, its message may hold a key
        raise ConfigError(
            f"`model` {path[:80]!r} cannot be made of `model_params` {sorted(params)}: "
            f"{type(error).__name__}"
        ) from None
    if not isinstance(made, BaseChatModel):
        raise ConfigError(
            f"`model` {path[:80]!r} must make a LangChain chat model, made {type(made).__name__}"
        )
    return LangChainModel(made, path)
