"""Dragoman reads political news into records of who did and said what to whom, according to whom."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.errors import DragomanError
    from dragoman.reader import Reader, read
    from dragoman.record import Record

__all__ = ["Article", "DragomanError", "Reader", "Record", "read"]

_HOMES = {"Article": "article", "DragomanError": "errors", "Reader": "reader", "Record": "record", "read": "reader"}


def __getattr__(name: str) -> Any:
    """Load what the package offers when it is first asked for, so that `dragoman --help` need not."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(f"dragoman.{_HOMES[name]}"), name)
