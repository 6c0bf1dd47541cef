"""Serving the page: settings, the saved agent, the model that answers."""

import signal
import sys

from alfred.agent import SavedAgent, why_no_code_runs
from alfred.errors import MaintainerError
from alfred.logs import write_logs
from alfred.models import choose_model
from alfred.settings import read_settings
from alfred.tracing import start_tracing
from alfred.ui.page import AlfredUI


def serve() -> None:
    """Serve the page until the process ends; a wrong setting ends it at once with one sentence."""
    try:
        settings = read_settings()
        saved_agent = SavedAgent.load()
        write_logs(settings.log_format, settings.log_level)
        choice = choose_model(settings, saved_agent.model_id)
        page = AlfredUI(saved_agent, choice, settings, start_tracing(settings))
    except MaintainerError as error:
        sys.exit(str(error))
    if warning := why_no_code_runs(settings):
        print(warning, file=sys.stderr, flush=True)
    # A Space is ended by SIGTERM, and what is still to be sent is sent at the interpreter's own end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    page.launch()
