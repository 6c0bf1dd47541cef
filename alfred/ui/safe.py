"""Text of models, tools and visitors made harmless for the page.

It covers what Markdown and HTML can do there: tags, images that load by themselves, links that run script, and
fences that end too early. The content security policy (`alfred.ui.policy`) and Gradio's own sanitiser stand behind it.
"""

import html
import re

MAX_CHARACTERS = 20_000
MAX_LOG_CHARACTERS = 5_000

# A block between fences, or a span between one or two backticks: what Markdown takes for code.
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,})(?P<language>\w*)[^\n`]*\n(?P<block>.*?)(?:^ {0,3}(?P=fence)`* *$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)(?P<span>[^\n]+?)(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_AMPERSAND = re.compile(r"&(?=#?\w{1,40};)")
_TAG = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
_IMAGE = re.compile(r"!(?=\[)")
_LINK = re.compile(r"\]\(\s*(?!https?://|mailto:)[^)\s]*[^)]*\)", re.IGNORECASE)
_REFERENCE = re.compile(r"^(\s*)\[([^\]]+)\]:", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")
_NO_WORD = re.compile(r"[^\w\s]")


def prose(text: str) -> str:
    """Return Markdown in which tags are text, images are links and links go to the web or to a mailbox.

    Code keeps its characters: a block gets a fence of ours, a span becomes an element of ours.
    """
    text, parts, at = cut(text, MAX_CHARACTERS), [], 0
    for match in _CODE.finditer(text):
        parts += [_harmless(text[at : match.start()]), _code(match)]
        at = match.end()
    return "".join([*parts, _harmless(text[at:])])


def typed(text: str) -> str:
    """Return a visitor's words as Markdown that shows them as they are; `untyped` is its reverse."""
    return _harmless(cut(text, MAX_CHARACTERS))


def untyped(text: str) -> str:
    """Return the words that a visitor means by an edited text that `typed` had made."""
    return html.unescape(text)


def fenced(text: str, language: str = "", length: int = MAX_LOG_CHARACTERS) -> str:
    """Return text as a code block that nothing in it can end."""
    text = cut(text, length)
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def cut(text: str, length: int) -> str:
    """Return at most so many characters, with a word about what was left out."""
    if len(text) <= length:
        return text
    return f"{text[:length]}\n\n… {len(text) - length:,} more characters"


def _harmless(text: str) -> str:
    text = _TAG.sub("&lt;", _AMPERSAND.sub("&amp;", text))
    text = _LINK.sub("]", _IMAGE.sub("", text))
    return _REFERENCE.sub(r"\1[\2]&#58;", text)


def _code(match: re.Match[str]) -> str:
    if match["fence"]:
        return f"\n\n{fenced(match['block'].rstrip(), match['language'], MAX_CHARACTERS)}\n\n"
    return f"<code>{_NO_WORD.sub(_as_number, match['span'])}</code>"


def _as_number(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
