"""What can go wrong, said to the person who has to mend it."""


class DragomanError(Exception):
    """Base of all errors that Dragoman raises on purpose: one line of what, where, why, and what to do."""


class InputError(DragomanError):
    """An input that cannot be read as an article.

    Args:
        source: the path, URL or other name under which the input was given, with a line or row where it has them.
        reason: why it cannot be read and what would help, in one line.

    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str]]:
        """Travel between processes as the two parts of which it is made."""
        return InputError, (self.source, self.reason)


class TableError(DragomanError):
    """A table of facts that cannot be used; the message names file and line."""
