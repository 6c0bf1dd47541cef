"""What must hold of every trace, read off what a receiver got, and the trace as a tree to look at."""

from collections.abc import Callable, Iterator

from tests.stand_ins.otlp_receiver import Got

MOST_CHARACTERS = 50_000


def violations(spans: list[Got], turns: int, asked: bool = True) -> list[str]:
    """Return what is wrong with the traces of so many turns; `asked` says that each asked a model."""
    found = [f"{len(traces(spans))} traces for {turns} turns"] if len(traces(spans)) != turns else []
    for trace in traces(spans).values():
        rules = (_one_root, _no_orphans, _one_visitor, _failed_root, _bounded, _in_time, _counted)
        found += [f"{trace[0].trace}: {fault}" for rule in rules for fault in rule(trace)]
        kinds = {span.kind for span in trace}
        found += [f"no {kind} span in {trace[0].trace}" for kind in ("AGENT", "LLM")[: 1 + asked] if kind not in kinds]
    return found


def traces(spans: list[Got]) -> dict[str, list[Got]]:
    """Return the spans by trace."""
    return {trace: [span for span in spans if span.trace == trace] for trace in dict.fromkeys(s.trace for s in spans)}


def root(spans: list[Got]) -> Got:
    """Return the one root among these spans."""
    (only,) = [span for span in spans if not span.parent]
    return only


def tree(spans: list[Got], line: Callable[[Got], str] = lambda span: span.name, parent: str = "") -> list[str]:
    """Return the spans as indented lines, in the order in which they began."""
    children = sorted((span for span in spans if span.parent == parent), key=lambda span: span.start)
    return [
        row for child in children for row in (line(child), *("  " + below for below in tree(spans, line, child.id)))
    ]


def _one_root(trace: list[Got]) -> Iterator[str]:
    names = [span.name for span in trace if not span.parent]
    if names != ["alfred.turn"]:
        yield f"roots are {names}"


def _no_orphans(trace: list[Got]) -> Iterator[str]:
    ids = {span.id for span in trace}
    yield from (f"{span.name} is an orphan" for span in trace if span.parent and span.parent not in ids)


def _one_visitor(trace: list[Got]) -> Iterator[str]:
    visitors = {(span.attributes.get("session.id"), span.attributes.get("user.id")) for span in trace}
    if len(visitors) != 1 or None in {session for session, _ in visitors}:
        yield f"sessions and users are {visitors}"


def _failed_root(trace: list[Got]) -> Iterator[str]:
    failed = any(name == "exception" for span in trace if span.kind == "AGENT" for name, _ in span.events)
    if failed and root(trace).status != "error":
        yield "an agent failed and the root did not"


def _bounded(trace: list[Got]) -> Iterator[str]:
    for span in trace:
        texts = [value for value in span.attributes.values() if isinstance(value, str)]
        if any(len(text) > MOST_CHARACTERS for text in texts):
            yield f"{span.name} has an attribute of more than {MOST_CHARACTERS} characters"


def _in_time(trace: list[Got]) -> Iterator[str]:
    yield from (f"{span.name} ends before it starts" for span in trace if span.end < span.start)


def _counted(trace: list[Got]) -> Iterator[str]:
    calls = [span for span in trace if span.kind == "LLM" and span.status == "ok"]
    yield from (f"{span.name} counts no tokens" for span in calls if "llm.token_count.prompt" not in span.attributes)
