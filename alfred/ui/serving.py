"""Serving the page: settings, the saved agent, the model that answers."""

import sys

from alfred.agent import SavedAgent, why_no_code_runs
from alfred.errors import MaintainerError
from alfred.models import choose_model
from alfred.settings import read_settings
from alfred.ui.page import AlfredUI


def serve() -> None:
    """Serve the page until the process ends; a wrong setting ends it at once with one sentence."""
    try:
        settings = read_settings()
        saved_agent = SavedAgent.load()
        page = AlfredUI(saved_agent, choose_model(settings, saved_agent.model_id), settings)
    except MaintainerError as error:
        sys.exit(str(error))
    if warning := why_no_code_runs(settings):
        print(warning, file=sys.stderr, flush=True)
    page.launch()
