"""What `import alfred` gives: the public functions, looked up late, and the version."""

import re
import subprocess
import sys

import pytest

import alfred
from alfred.agent import ROOT, SavedAgent


@pytest.mark.parametrize("name", ["load_agent_from_hub", "publish_space", "save_agent"])
def test_a_public_function_is_there(name):
    assert callable(getattr(alfred, name))
    assert name in alfred.__all__


def test_another_name_is_refused_with_those_that_are_there():
    with pytest.raises(AttributeError, match="alfred has no push_to_hub: it has load_agent_from_hub"):
        _ = alfred.push_to_hub


def test_importing_alfred_loads_nothing_else():
    program = "import sys, alfred; print([name for name in sys.modules if name in ('smolagents', 'alfred.agent')])"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout == "[]\n"


def test_the_saved_agent_has_the_version():
    assert SavedAgent.load().fields["version"] == alfred.__version__


def test_the_change_log_begins_with_the_version():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (.+)$", changes, re.MULTILINE)[1] == alfred.__version__
