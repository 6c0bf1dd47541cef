"""What has to be prepared, how long each piece takes and how many people do it.

In a sentence that times its tasks every bare number is minutes: "Drinks take 30 minutes, decorating 60".
What this does not cover: which task must wait for which.
"""

import re
from itertools import pairwise

from alfred.brief.durations import DURATION, minutes_of
from alfred.brief.model import LONGEST_LIST, LONGEST_TEXT, MOST_HOURS
from alfred.brief.passage import GAP, Passage

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?\n]*")
_TIMED = re.compile(rf"\b(?:takes?|taking|needs|requires?)\s+(?:about\s+|around\s+)?(?:{DURATION}|\d)")
_NO_TASK = r"(?!\s*(?:guests|people|persons|kids|children|adults|helpers?|hands|friends|of|am|pm|[%€$£:/]|th\b))"
_LENGTH = re.compile(
    rf"(?P<duration>{DURATION})|(?<![\w.,:/$£€-])(?P<minutes>\d{{1,4}})"
    rf"(?![\d.,:]?\d){_NO_TASK}"
)
_LEAD = re.compile(
    r"^.*(?:\bfor the (?:party|event)\b|\btasks?\b|\bto do\b|\bhave to\b|\bneed to\b"
    r"|:)(?=\s*\S)[\s:,]*"
)
_JOINT = re.compile(r"^[\s,;|+&-]*(?:(?:and|then|plus|also|while)\b[\s,]*)*(?:the\s+(?=\w+\s+takes?))?")
_VERB = re.compile(
    r"[\s(:=-]*(?:(?:that |which )?(?:will |would |should |could |may )?(?:takes?|taking|needs?"
    r"|requires?|lasts?|is|are|in|for|about|around)?\s*)*[\s(:=-]*$"
)
_AFTERWARDS = re.compile(
    r"^\s*(?:for|to|on)\s+(?:the\s+)?(?P<name>[^,;.:?!|]+?)(?=\s*(?:[,;.:?!|]|$"
    r"|\band\s*$))"
)

_HELPERS = re.compile(
    r"\b(?P<count>\d{1,6}|an?)\s+(?:\w+\s+)?(?:helpers?|assistants?|pairs? of hands|helping hands?"
    r"|people (?:helping|working|to help))\b"
    r"|\b(?P<hands>\d{1,6})\s+(?:people|of us|friends|persons)\s+(?:help|work|prepar)\w*"
    r"|\bhelp (?:from|of)\s+(?P<help>\d{1,6}|an?)\b|\b(?P<alone>alone|just me|only me|on my own|by myself"
    r"|single-handed)\b|\b(?P<none>no help|no helpers|without help)\b"
)


def read_tasks(passage: Passage) -> dict[str, object]:
    """Return tasks and helpers as far as they were said."""
    helpers = passage.take(_HELPERS)
    fields = {"helpers": _helpers(helpers)} if helpers else {}
    tasks = [task for sentence in _SENTENCE.findall(passage.rest) for task in _timed(sentence, passage)]
    return fields | ({"tasks": tuple(tasks[:LONGEST_LIST])} if tasks else {})


def _helpers(match: re.Match[str]) -> int:
    count = match["count"] or match["hands"] or match["help"]
    return int(count) if count and count.isdigit() else 1


def _timed(sentence: str, passage: Passage) -> list[dict[str, object]]:
    """Return the tasks of one sentence and take the sentence out of the passage when it has any."""
    lengths = list(_LENGTH.finditer(sentence))
    if not lengths or not _is_about_tasks(sentence, lengths):
        return []
    edges = [0, *(length.end() for length in lengths)]
    names = [
        sentence[start : length.start()] for (start, _), length in zip(pairwise([*edges, 0]), lengths, strict=False)
    ]
    if _AFTERWARDS.match(sentence[lengths[0].end() :]):
        names = [_name_after(sentence[length.end() :]) for length in lengths]
    tasks = [_task(name, length) for name, length in zip(names, lengths, strict=True)]
    passage.rest = passage.rest.replace(sentence, GAP)
    return [task for task in tasks if task["task"] and 0 < task["minutes"] <= MOST_HOURS * 60]


def _is_about_tasks(sentence: str, lengths: list[re.Match[str]]) -> bool:
    return bool(_TIMED.search(sentence)) or sum(bool(length["duration"]) for length in lengths) >= 2


def _name_after(text: str) -> str:
    match = _AFTERWARDS.match(text)
    return match["name"] if match else ""


def _name(words: str) -> str:
    name = _LEAD.sub("", _JOINT.sub("", words))
    return _VERB.sub("", _JOINT.sub("", name)).strip(" ,;()-'\"")


def _task(words: str, length: re.Match[str]) -> dict[str, object]:
    """Return a task: of the words before its length the last that still say something are its name."""
    names = (_name(part) for part in reversed(words.split("|")))
    name = next(filter(None, names), "")
    minutes = minutes_of(length["duration"]) if length["duration"] else int(length["minutes"])
    return {"task": name[:LONGEST_TEXT], "minutes": minutes}
