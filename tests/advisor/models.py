"""Models of LangChain that answer late, fail, or say anything; and advisors that ask them."""

import asyncio
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult

from polybot.advisor.advisor import Advisor
from polybot.advisor.model import LangChainModel
from polybot.advisor.params import AdvisorParams
from polybot.advisor.record import Recorder
from tests.advisor.world import an_answer


class WaitingModel(BaseChatModel):
    """Answers once its gate opens; says through ``asked`` that it was asked."""

    gate: Any
    asked: Any
    stubborn: bool = False
    """Whether it ignores being called off."""

    @property
    def _llm_type(self) -> str:
        return "waiting"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.asked.set()
        while not self.gate.is_set():
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                if not self.stubborn:
                    raise
        return FakeListChatModel(responses=[an_answer()])._generate(messages)


class CalledOffModel(WaitingModel):
    """Calls itself off."""

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise asyncio.CancelledError


class FailingModel(WaitingModel):
    """Raises, with a key in its message."""

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise ConnectionError("incorrect key sk-canary-0123456789")


def an_advisor(
    *answers: str,
    model: BaseChatModel | None = None,
    recorder: Recorder | None = None,
    **params: Any,
) -> Advisor:
    chat = model or FakeListChatModel(responses=list(answers))
    return Advisor(LangChainModel(chat), AdvisorParams(**params), recorder)
