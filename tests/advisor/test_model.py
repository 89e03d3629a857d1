import asyncio
import subprocess
import sys
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langsmith.utils import tracing_is_enabled

from polybot.advisor.model import LangChainModel, load_model
from polybot.errors import ConfigError

FAKE = "langchain_core.language_models.fake_chat_models:FakeListChatModel"
BLOCKED = """
import sys
sys.modules["langchain_core"] = sys.modules["langsmith"] = None
import pkgutil, importlib, polybot.advisor, polybot.cli.main, polybot.runtime.backtest.run
for module in pkgutil.walk_packages(polybot.advisor.__path__, "polybot.advisor."):
    importlib.import_module(module.name)
from polybot.advisor.model import load_model
from polybot.errors import ConfigError
try:
    load_model("a:b", {})
except ConfigError as error:
    print(error)
"""


def _output(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not run.returncode, run.stderr
    return run.stdout


def test_everything_imports_without_the_extra_and_the_model_says_what_to_install() -> None:
    assert "install polybot[advisor]" in _output(BLOCKED)


def test_polybot_does_not_import_the_library_by_itself() -> None:
    code = "import sys, polybot.advisor.desk, polybot.advisor.advisor; print(*sys.modules)"

    assert not {"langchain_core", "langsmith", "pydantic"} & {*_output(code).split()}


def test_a_model_is_made_by_its_path() -> None:
    model = load_model(FAKE, {"responses": ["hello"]})  # type: ignore[dict-item]

    assert model.name == FAKE
    assert asyncio.run(model.answer("system", "prompt")) == "hello"


@pytest.mark.parametrize(
    ("path", "params", "said"),
    [
        pytest.param("nowhere", {}, "package.module:name", id="no colon"),
        pytest.param("nowhere.at.all:it", {}, "ModuleNotFoundError", id="no module"),
        pytest.param("polybot.errors:Nothing", {}, "AttributeError", id="no name"),
        pytest.param("polybot.errors:PolybotError", {}, "must make a LangChain", id="no model"),
        pytest.param(FAKE, {"responses": "canary-secret"}, "ValidationError", id="wrong params"),
    ],
)
def test_a_model_that_cannot_be_made_says_why_but_not_with_what(
    path: str, params: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        load_model(path, params)

    assert "canary" not in str(caught.value)


def test_prompts_are_not_traced_although_the_environment_asks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    traced = []

    class Looking(FakeListChatModel):
        def _call(self, *args: Any, **kwargs: Any) -> str:
            traced.append(tracing_is_enabled())
            return "hello"

    asyncio.run(LangChainModel(Looking(responses=[])).answer("system", "prompt"))

    assert traced == [False]
