"""The rules on money: the limit is the request's, the lines sum to the total, the contingency is kept."""

from collections.abc import Iterator
from decimal import Decimal

from alfred.brief import Brief
from alfred.plan.model import PartyPlan
from alfred.plan.violation import Violation

CONTINGENCY = Decimal("0.1")
LET_TOOL = "Let party_plan compute the budget."


def asked_limit(brief: Brief) -> Decimal | None:
    """Return the limit for the whole party that a brief names, directly or for each guest."""
    if brief.budget is None and brief.budget_per_guest is not None and brief.guests is not None:
        return brief.budget_per_guest * brief.guests
    return brief.budget


def limit(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """Limit and currency are those of the request, and the total keeps to the limit."""
    asked, budget = asked_limit(brief), plan.budget
    if asked != budget.limit:
        yield Violation("budget", str(budget.limit), str(asked), LET_TOOL)
    if brief.currency and asked is not None and budget.currency != brief.currency:
        yield Violation("currency", str(budget.currency), brief.currency, LET_TOOL)
    if asked is not None and budget.total is not None and budget.total > asked:
        yield Violation("budget limit", f"a total of {budget.total}", f"at most {asked}", "Cut lines or guests.")


def sums(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """The lines sum to the total, to the cent, and a budget that was given is split."""
    total = sum((line.amount for line in plan.budget.lines), Decimal(0))
    if total != (plan.budget.total or 0):
        yield Violation("budget sum", f"lines of {total}", f"a total of {plan.budget.total}", LET_TOOL)
    if asked_limit(brief) and not plan.budget.lines:
        yield Violation("budget lines", "none", f"{asked_limit(brief)} split into lines", LET_TOOL)


def contingency(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """A tenth of the total is kept back and not spent."""
    total = plan.budget.total or Decimal(0)
    kept = sum((line.amount for line in plan.budget.lines if line.basis == "contingency"), Decimal(0))
    if kept < total * CONTINGENCY:
        fix = "Keep a line with the basis contingency of a tenth, rounded up."
        yield Violation("contingency", f"{kept} kept back", f"10 % of {total}", fix)
