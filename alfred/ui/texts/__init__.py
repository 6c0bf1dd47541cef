"""Every text of the page, one file a language; what the plan itself says stays in the words of the tools.

Components that are there from the first paint are translated in the browser (`gr.I18n(**TEXTS)`); what the server
writes later is in the first language of the browser that has a file here.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

Words = Callable[..., str]

TEXTS: dict[str, dict[str, str]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(__file__).parent.glob("*.json"))
}
EXAMPLES = ("theme", "children", "reception", "timing")


def words_for(accepted: str | None) -> Words:
    """Return the texts of a language as a function of their key and their values.

    Args:
        accepted: the header Accept-Language; English when it names no language that is here.
    """
    languages = [part.split(";")[0].strip().lower().split("-")[0] for part in (accepted or "").split(",")]
    texts = TEXTS[next((language for language in languages if language in TEXTS), "en")]
    return lambda key, **values: texts[key].format(**values)


def day(value: object, words: Words) -> str:
    """Return an ISO date as "Sat 12 Dec 2026", anything else as it is."""
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        return str(value or "") or words("unknown")
    weekday, month = words("weekdays").split()[found.weekday()], words("months").split()[found.month - 1]
    return f"{weekday} {found.day} {month} {found.year}"


def count_of_steps(steps: int, words: Words) -> str:
    """Return the number of steps in words."""
    return words("step_one") if steps == 1 else words("step_many", count=steps)
