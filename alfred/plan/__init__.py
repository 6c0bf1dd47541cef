"""The plan as a typed object, and the rules that it and an answer in words must keep."""

from alfred.plan.check import check_plan
from alfred.plan.model import PartyPlan, read_plan
from alfred.plan.text import check_text
from alfred.plan.violation import Violation

__all__ = ["PartyPlan", "Violation", "check_plan", "check_text", "read_plan"]
