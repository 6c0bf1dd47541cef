"""What runs on the far side of the jail: the fork server and the children it forks.

These modules import one another and the standard library, nothing else: the fork server finds them by their
folder and never loads the rest of Alfred. The one exception is pyseccomp, loaded before a child is locked down.
The parent uses `wire` and `plain` as well, so that both ends speak from one text.
"""
