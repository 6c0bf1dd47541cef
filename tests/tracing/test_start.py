"""Starting: nothing without keys, one warning for half of them."""

import subprocess
import sys

from alfred.agent import ROOT
from alfred.settings import Settings
from alfred.tracing import Tracing, start_tracing

PROGRAM = """
import sys
from datetime import datetime
from alfred.agent import SavedAgent
from alfred.conversation import Conversation
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings
from alfred.tracing import start_tracing
from alfred.turn import run_turn

tracer = start_tracing(Settings()).of("visit")
options = {"saved_agent": SavedAgent.load(), "settings": Settings(), "now": datetime.now(), "tracer": tracer}
*_, end = run_turn(Conversation(), "Which menu for a gala?", EmbeddedPlanner(), **options)
print(end.turn.status, end.trace_id, [name for name in sys.modules if "opentelemetry" in name or "openinf" in name])
"""


def test_without_keys_nothing_of_opentelemetry_is_even_imported():
    ran = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout == "done None []\n", ran.stderr


def test_half_a_pair_of_keys_is_one_warning_that_names_the_other(caplog):
    assert type(start_tracing(Settings(LANGFUSE_PUBLIC_KEY="pk-lf-public"))) is Tracing
    (line,) = caplog.messages
    assert "Set LANGFUSE_SECRET_KEY" in line


def test_tracing_that_is_off_takes_everything_and_keeps_nothing():
    tracing = Tracing()
    tracing.score("0" * 32, True)
    tracing.watch_queue(lambda: 3)
    tracing.close()
    assert tracing.prometheus() is None
