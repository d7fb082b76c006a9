"""The one kind of error whose text a person may read."""


class RefusedError(Exception):
    """An act that the rules forbid; its German sentence says why and what helps."""
