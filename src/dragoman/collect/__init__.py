"""From files, folders, standard input and URLs to articles."""

from dragoman.collect.files import collect
from dragoman.collect.options import Collected, CollectOptions

__all__ = ["CollectOptions", "Collected", "collect"]
