"""The whole plan as the embedded planner writes it: tools for the ideas, Python for the sums."""

from alfred.brief import Brief
from alfred.planner.computing import quantities_script, timing_script
from alfred.planner.facts import caterer_query, diet_words, headline, money, occasion_words
from alfred.planner.music import own_list
from alfred.planner.script import Call, Script
from alfred.planner.themes import theme_category

# Shares of a budget at home, in per cent, with a contingency of 10 that nobody spends: a synthesis of
# belvedereprovo, kahnscatering and eventzone.
_SHARES = (
    ("food and drink", 55),
    ("entertainment", 13),
    ("staff and rentals", 12),
    ("decoration", 10),
    ("contingency, not to be spent", 10),
)
_BUDGET = """\
cents, currency = {cents}, {currency!r}
shares = {shares!r}
parts = [(name, cents * share // 100) for name, share in shares]
parts[0] = (parts[0][0], parts[0][1] + cents - sum(part for name, part in parts))
budget = "\\n".join(f"- {{name}}: {{part // 100:,}}.{{part % 100:02d}}{{currency}}" for name, part in parts)"""


def plan_script(brief: Brief) -> Script:
    """Return the script that gathers theme, menu and caterer, computes the amounts and writes the plan."""
    category = theme_category(brief.theme)
    calls = (
        *([Call("theme", "superhero_party_theme", (category,), "No theme could be looked up.")] if category else []),
        Call("menu", "suggest_menu", (occasion_words(brief),), "No menu could be looked up."),
        Call("caterer", "catering_service_tool", (caterer_query(brief),), "No caterer could be looked up."),
    )
    computed = [quantities_script(brief)] if brief.guests else []
    computed += [timing_script(brief)] if brief.tasks else []
    bodies = [script.body for script in computed] + ([_budget_body(brief)] if _total(brief) else [])
    sections = [repr(_opening(brief)), *(["theme"] if category else []), "menu", "caterer"]
    sections += [script.result for script in computed]
    if _total(brief):
        sections.append(repr(f"Budget of {money(_total(brief), brief.currency)}:\n") + " + budget")
    sections.append(repr(_closing(brief)))
    return Script(
        "A whole plan: I gather the ideas from my tools and compute the amounts in the same go.",
        f'"\\n\\n".join([{", ".join(sections)}])',
        calls=calls,
        body="\n".join(bodies),
    )


def _total(brief: Brief) -> int | float | None:
    if brief.budget is not None:
        return brief.budget
    if brief.budget_per_guest is not None and brief.guests:
        return brief.budget_per_guest * brief.guests
    return None


def _budget_body(brief: Brief) -> str:
    return _BUDGET.format(
        cents=round(_total(brief) * 100),
        shares=_SHARES,
        currency=f" {brief.currency}" if brief.currency else "",
    )


def _opening(brief: Brief) -> str:
    lines = [f"# {headline(brief)}"]
    if brief.theme and not theme_category(brief.theme):
        lines.append(f"Theme: {brief.theme}")
    if brief.dietary:
        lines.append(
            f"Diets: {diet_words(brief)}. Ask the caterer for a main dish for each, and confirm it with the guest."
        )
    if brief.outdoors:
        lines.append("Outdoors: keep a dry place ready in case of rain.")
    return "\n\n".join(lines)


def _closing(brief: Brief) -> str:
    songs = ", ".join(f"{song} ({artist})" for song, artist in own_list(brief.theme, brief.occasion)[:5])
    unknown = [
        name
        for name, value in (
            ("the number of guests", brief.guests),
            ("the date", brief.date),
            ("the start", brief.start),
            ("the venue", brief.venue),
            ("the budget", _total(brief)),
        )
        if value is None
    ]
    open_points = f"\n\nStill open: {', '.join(unknown)}." if unknown else ""
    return f"Music to begin with, from my own list: {songs}.{open_points}"
