"""Dragoman reads political news into records of who did and said what to whom, according to whom."""

from dragoman.article import Article
from dragoman.errors import DragomanError
from dragoman.reader import Reader, read
from dragoman.record import Record

__all__ = ["Article", "DragomanError", "Reader", "Record", "read"]
