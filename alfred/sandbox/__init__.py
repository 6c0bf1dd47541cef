"""The jail: model-written code runs in a child process that can harm nothing.

    web process                          executor, session, step, calls, patience: trusted, runs the tools
      └── fork server (launcher)         child/fork_server: a fresh process that knows nothing and forks on request
            └── child (jail)             child/worker: locked down by child/lockdown, runs the code with plain `exec`

The wall is the kernel's: resource limits, no_new_privs, Landlock where there is one, and a seccomp allow-list. Reading
the code (child/rules) serves compatibility, never security. `SECURITY.md` lists what is promised and the tests that
hold it.
"""

from alfred.sandbox.errors import (
    ChildLostError,
    ExecutorError,
    JailUnavailableError,
    SandboxError,
    StepError,
    Stopped,
)
from alfred.sandbox.executor import JailExecutor
from alfred.sandbox.selftest import SelfTest, self_test

__all__ = [
    "ChildLostError",
    "ExecutorError",
    "JailExecutor",
    "JailUnavailableError",
    "SandboxError",
    "SelfTest",
    "StepError",
    "Stopped",
    "self_test",
]
