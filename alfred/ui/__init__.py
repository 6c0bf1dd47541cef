"""The page on which a host talks with Alfred.

Gradio and the Hugging Face client report usage unless they are told not to before their first import.
"""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from alfred.ui.page import AlfredUI
from alfred.ui.serving import serve

__all__ = ["AlfredUI", "serve"]
