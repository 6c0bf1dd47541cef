"""The terminal's commands that need more than a few lines of `alfred.__main__`: one room each.

Each room has `add`, which describes the command and its options, and a function that runs it and returns the exit
status.
"""
