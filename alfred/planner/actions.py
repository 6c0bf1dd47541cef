"""Which action to take in a situation: the rules of the embedded planner.

What is asked decides (`brief.asked`). An action that failed is tried once more with each call guarded; should that
fail too, the host is told so. Only a look at the web takes a second step, because its result must be read.
"""

import re
from collections.abc import Callable

from alfred.brief import Brief
from alfred.planner.computing import cost_script, quantities_script, timing_script
from alfred.planner.facts import caterer_query, diet_data, occasion_words, title
from alfred.planner.music import own_list
from alfred.planner.planning import plan_script
from alfred.planner.script import Action, Call, Script
from alfred.planner.situation import Situation
from alfred.planner.themes import OFFERED, theme_category

WHAT_ALFRED_DOES = (
    "I plan parties: whole plans, themes, menus, caterers, music, quantities, costs and the timing of the "
    "preparations. Tell me about a party: who comes, when, where and for how much."
)
GAVE_UP = (
    "I could not work this out: my tools failed twice. Nothing of your request is lost; "
    "please try again, or ask for one thing at a time."
)
_URL = re.compile(r"https?://[^\s<>\"')]+")
_ASKING = re.compile(
    r"\b(?:please|(?:search|look|google|find)(?:\s+(?:it|this))?(?:\s+up)?"
    r"|(?:(?:on|in)\s+)?the\s+(?:web|internet)|online|for\s+me)\b",
    re.IGNORECASE,
)
_FOUND = re.compile(r"^1\. (.+)$", re.MULTILINE)


def choose_action(situation: Situation) -> Action:
    """Return the next action for a situation."""
    if situation.failures >= 2:
        return Script.saying("My tools failed twice, so I say so.", GAVE_UP).action()
    last = situation.attempts[-1] if situation.attempts else None
    if last and not last.failed:
        return _after_reading(situation.brief, last.outcome).action()
    return _script(situation).action(careful=situation.failures == 1, reviews=situation.reviews)


def _script(situation: Situation) -> Script:
    asked = situation.brief.asked
    if len(asked) == 1:
        return _SCRIPTS[asked[0]](situation)
    return Script.joining(
        [_own_music(situation.brief) if one == "music" else _SCRIPTS[one](situation) for one in asked]
    )


def _theme(situation: Situation) -> Script:
    wanted = situation.brief.theme
    category = theme_category(wanted)
    if wanted and not category:
        return Script(
            "My own themes are superheroes', so I look this one up.",
            "ideas",
            (Call("ideas", "web_search", (f"{wanted} party theme ideas",), "The web could not be searched."),),
        )
    categories = (category,) if category else OFFERED
    calls = tuple(
        Call(f"theme_{n}", "superhero_party_theme", (one,), f"No idea for {one} could be looked up.")
        for n, one in enumerate(categories, 1)
    )
    result = calls[0].variable if category else f'"\\n".join([{", ".join(call.variable for call in calls)}])'
    return Script("Only a theme is asked, so I call the theme tool alone.", result, calls)


def _menu(situation: Situation) -> Script:
    brief = situation.brief
    options = {"guests": brief.guests, "dietary": diet_data(brief)}
    call = Call("menu", "suggest_menu", (occasion_words(brief),), "No menu could be looked up.", options)
    return Script("Only a menu is asked, so I call the menu tool alone.", "menu", (call,))


def _caterer(situation: Situation) -> Script:
    brief = situation.brief
    facts = caterer_query(brief)
    query = f"{situation.task.request} ({facts})" if situation.task.earlier else situation.task.request
    options = {"guests": brief.guests, "dietary": diet_data(brief)}
    call = Call("caterer", "catering_service_tool", (query,), "No caterer could be looked up.", options)
    return Script("Only a caterer is asked, so I search the book of services alone.", "caterer", (call,))


def _music(situation: Situation) -> Script:
    call = Call(
        "found",
        "web_search",
        (f"best playlist for {title(situation.brief)}",),
        "The web could not be searched.",
    )
    return Script("I look for playlists on the web first and read what comes.", "found", (call,), last=False)


def _own_music(brief: Brief) -> Script:
    return Script.saying("Music comes from my own list.", _playlist(brief))


def _search(situation: Situation) -> Script:
    if address := _URL.search(situation.task.request):
        call = Call("page", "visit_webpage", (address[0].rstrip(".,;"),), "The page could not be opened.")
        return Script("A page is named, so I open it.", "page", (call,))
    query = _ASKING.sub(" ", situation.task.request)
    call = Call("found", "web_search", (" ".join(query.split()).strip(" .:"),), "The web could not be searched.")
    return Script("A look at the web is asked.", "found", (call,))


def _other(situation: Situation) -> Script:
    return Script.saying(
        "This is not about a party, so I say what I do.",
        f"I am afraid that is beyond my duties. {WHAT_ALFRED_DOES}",
    )


_SCRIPTS: dict[str, Callable[[Situation], Script]] = {
    "plan": plan_script,
    "theme": _theme,
    "menu": _menu,
    "caterer": _caterer,
    "music": _music,
    "timing": timing_script,
    "quantities": quantities_script,
    "cost": cost_script,
    "search": _search,
    "other": _other,
}


def _after_reading(brief: Brief, outcome: str) -> Script:
    found = _FOUND.search(outcome)
    web = f"\n\nPlaylists on the web begin with: {found[1]}" if found else "\n\nThe web had no playlist to add."
    thought = "The web has playlists; mine goes with them." if found else "The web gave nothing; my own list serves."
    return Script.saying(thought, _playlist(brief) + web)


def _playlist(brief: Brief) -> str:
    tracks = own_list(brief.theme, brief.occasion)
    lines = [f"{n}. {song} - {artist}" for n, (song, artist) in enumerate(tracks, 1)]
    return f"Playlist for {title(brief)}, from my own list:\n" + "\n".join(lines)
