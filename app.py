"""Entry point of the Space: settings, the saved agent, the page."""

from alfred.ui import serve

if __name__ == "__main__":
    serve()
