"""The entry of the fork server, run by the path of this folder so that nothing else of Alfred is loaded.

Not for people: `launcher` runs it.
"""

from child.fork_server import main

main()
