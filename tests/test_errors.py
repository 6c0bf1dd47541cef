"""The error tree: drawn in the docstring as it is."""

import inspect

from alfred import errors


def test_the_drawn_tree_names_every_error():
    kinds = [name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert all(name in errors.__doc__ for name in kinds)


def test_a_stop_is_not_caught_as_an_exception():
    assert not issubclass(errors.Stopped, Exception)
