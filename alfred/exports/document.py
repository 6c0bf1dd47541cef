"""A plan as a document: Markdown that reads well printed, and a short text for a terminal."""

from collections.abc import Iterable, Sequence

from alfred.exports.words import clock, day, markdown, money, number, plain
from alfred.plan import PartyPlan


def to_markdown(plan: PartyPlan) -> str:
    """Return the whole plan as Markdown, a heading and a table or list for each section that has something."""
    sections = {
        "Brief": _brief(plan),
        "Menu": _menu(plan),
        "Caterer": _caterer(plan),
        "Budget": _budget(plan),
        "Quantities": _table(
            ("Item", "Amount", "Rule"),
            ((row.item, f"{number(row.amount)} {row.unit}", row.rule) for row in plan.quantities),
        ),
        "Staff and space": _staff(plan),
        "Countdown": _table(("Date", "Task"), ((_when(row), row.task) for row in plan.countdown)),
        "Preparation": _preparation(plan),
        "Run of show": _table(
            ("From", "To", "What"), ((clock(row.start), clock(row.end), row.what) for row in plan.run_of_show)
        ),
        "Shopping": _table(
            ("Buy by", "Item", "Amount"),
            ((day(row.buy_by), row.item, f"{number(row.amount)} {row.unit}") for row in plan.shopping),
        ),
        "Music": _list(" – ".join(filter(None, (row.title, row.artist))) for row in plan.music),
        "Risks": _list(plan.risks),
        "Assumptions": _list(plan.assumptions),
        "Sources": _list(" ".join(filter(None, (row.title, row.url))) for row in plan.sources),
        "Checks": _list(f"{'ok' if row.ok else 'TO MEND'}: {row.name}, {row.detail}" for row in plan.checks),
    }
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections.items() if text)
    return f"# {markdown(plan.title)}\n\n{body}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(markdown(cell) for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * len(head)
    return "\n".join([f"| {' | '.join(head)} |", rule, *lines]) if lines else ""


def _list(items: Iterable[object]) -> str:
    return "\n".join(f"- {markdown(item)}" for item in items)


def _facts(plan: PartyPlan) -> dict[str, str]:
    guests, children = plan.guests.total, plan.guests.children
    people = "open" if guests is None else str(guests) + (f", {children} of them children" if children else "")
    diets = ", ".join(f"{diet.need}{f' ({diet.guests})' if diet.guests else ''}" for diet in plan.dietary)
    return {
        "Occasion": plan.occasion,
        "Guests": people,
        "Date": day(plan.date),
        "Time": f"{clock(plan.start)} to {clock(plan.end)}" if plan.start else "open",
        "Venue": plan.venue or "open",
        "Theme": plan.theme.name if plan.theme else "none",
        "Diets": diets or "none",
    }


def _brief(plan: PartyPlan) -> str:
    facts = "\n".join(f"- {name}: {markdown(value)}" for name, value in _facts(plan).items())
    theme = plan.theme.description.splitlines() if plan.theme else []
    return "\n\n".join([facts, *(markdown(line) for line in theme if line.strip())])


def _menu(plan: PartyPlan) -> str:
    rows = (
        (dish.course, dish.name, ", ".join(dish.allergens) or "none found", ", ".join(dish.suits) or "not known")
        for dish in plan.menu.dishes
    )
    return _table(("Course", "Dish", "May contain", "Suits"), rows)


def _caterer(plan: PartyPlan) -> str:
    caterer = plan.catering
    if caterer is None:
        return ""
    rating = f", rated {caterer.rating:g}" if caterer.rating is not None else ""
    price = f"{money(caterer.price_per_guest, caterer.currency)} a guest"
    return markdown(f"{caterer.name}{rating}, {price}. {caterer.source or ''}")


def _budget(plan: PartyPlan) -> str:
    budget = plan.budget
    rows = [(line.item, money(line.amount, budget.currency), line.basis) for line in budget.lines]
    total = [("Total", money(budget.total, budget.currency), f"limit {money(budget.limit, budget.currency)}")]
    return _table(("Item", "Amount", "Basis"), rows + total) if rows else ""


def _staff(plan: PartyPlan) -> str:
    rows = [(f"{staff.count} × {staff.role}", staff.rule) for staff in plan.staff]
    space = [(f"{number(plan.space.area_m2)} m², {plan.space.layout}", plan.space.rule)] if plan.space else []
    return _table(("Need", "Rule"), rows + space)


def _preparation(plan: PartyPlan) -> str:
    rows = (
        (day(row.date), clock(row.start), clock(row.end), f"{row.task} ({row.minutes} min)", row.helper)
        for row in plan.preparation
    )
    return _table(("Date", "From", "To", "Task", "Helper"), rows)


def _when(row: object) -> str:
    if row.date:
        return day(row.date)
    days = row.offset_days
    return "the day after" if days < 0 else "the day itself" if days == 0 else f"{days} days before"


def to_text(plan: PartyPlan) -> str:
    """Return the plan in a dozen plain lines: facts, dishes, budget, next steps, what fails or is assumed."""
    dishes = ", ".join(dish.name for dish in plan.menu.dishes)
    caterer = [f"Caterer: {_caterer_line(plan)}"] if plan.catering else []
    theme = plan.theme.description.splitlines()[:1] if plan.theme else []
    lines = [f"{name}: {value}" for name, value in _facts(plan).items()] + theme
    lines += [f"Menu: {dishes or 'open'}", *caterer]
    lines += [f"Budget: {money(plan.budget.total, plan.budget.currency)}"]
    lines += [f"{line.item}: {money(line.amount, plan.budget.currency)} ({line.basis})" for line in plan.budget.lines]
    lines += [f"Next: {_when(row)}, {row.task}" for row in plan.countdown[:3]]
    lines += [f"To mend: {check.name}, {check.detail}" for check in plan.checks if not check.ok]
    lines += [f"Assumed: {assumption}" for assumption in plan.assumptions]
    return "\n".join(plain(line) for line in [plan.title, *lines]) + "\n"


def _caterer_line(plan: PartyPlan) -> str:
    price = money(plan.catering.price_per_guest, plan.catering.currency)
    return f"{plan.catering.name}, {price} a guest"
