"""The reader: an article through mark and resolve to its record."""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cached_property
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dragoman.article import Article
from dragoman.errors import DragomanError, InputError
from dragoman.record import ReaderInfo, Record

if TYPE_CHECKING:
    from dragoman.mark.marker import Marker
    from dragoman.resolve.tables import Tables

AHEAD = 4
"""Articles handed to each process before its results are taken."""


class Reader:
    """Reads articles; loads the model once, at the first article.

    The record of an article is the same alone, among others, and with any number of jobs. `tables` is a folder of further
    tables of facts, laid over those of the package.
    """

    def __init__(self, tables: Path | None = None) -> None:
        self._tables = tables

    def read(self, article: str | Article, published: str | None = None) -> Record:
        """The record of a text or an article; `published` is the ISO date of one that tells none.

        Raises InputError for a text that is empty or holds a NUL or a lone surrogate, and for a date that is none.
        """
        from dragoman.collect.clean import boilerplate  # noqa: PLC0415
        from dragoman.resolve import resolve  # noqa: PLC0415

        known = _article(article, published)
        marks = self._marker.mark(known.text, boilerplate(known.text))
        return resolve(known, marks, self._info, self._facts)

    def read_many(self, articles: Iterable[Article], jobs: int = 1) -> Generator[Record | DragomanError, None, None]:
        """Records in the order of the articles; in place of one that fails, the reason.

        `jobs` is the number of processes; with 1 all is read in this one. Raises TableError for a folder of tables with a fault.
        """
        if self._tables:
            _ = self._facts
        if jobs <= 1:
            for article in articles:
                yield self._tried(article)
        else:
            yield from _in_processes(articles, jobs, self._tables)

    def _tried(self, article: Article) -> Record | DragomanError:
        try:
            return self.read(article)
        except DragomanError as error:
            return error
        except Exception as error:  # one bad article never stops a batch
            return InputError(article.id, f"reading failed ({type(error).__name__}: {error}); please report it with the text")

    @cached_property
    def _marker(self) -> "Marker":
        from dragoman.mark.marker import Marker  # noqa: PLC0415

        return Marker()

    @cached_property
    def _facts(self) -> "Tables":
        from dragoman.resolve.tables import load_tables, tables  # noqa: PLC0415

        return load_tables(self._tables) if self._tables else tables()

    @cached_property
    def _info(self) -> ReaderInfo:
        return ReaderInfo(version=version("dragoman"), model=self._marker.encoder.digest)


def read(article: str | Article, published: str | None = None) -> Record:
    """The record of one text or article, by a reader that is kept for the next one.

    >>> record = read("Protesters stormed the parliament in Tbilisi on Monday.", published="2024-05-01")
    """
    return _shared().read(article, published)


_kept: list[Reader] = []


def _shared() -> Reader:
    if not _kept:
        _kept.append(Reader())
    return _kept[0]


def _article(article: str | Article, published: str | None) -> Article:
    try:
        return Article.of(article, published)
    except ValidationError as error:
        name = article.id if isinstance(article, Article) else "text"
        reason = "; ".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors())
        raise InputError(name, reason) from error


def _in_processes(articles: Iterable[Article], jobs: int, tables: Path | None) -> Generator[Record | DragomanError, None, None]:
    waiting: deque[Future[Record | DragomanError]] = deque()
    source = iter(articles)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(tables,)) as pool:
        try:
            for article in islice(source, jobs * AHEAD):
                waiting.append(pool.submit(_work, article))
            while waiting:
                outcome = waiting.popleft().result()
                for article in islice(source, 1):
                    waiting.append(pool.submit(_work, article))
                yield outcome
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(tables: Path | None) -> None:
    """Give a worker its reader; it ends with its parent's Ctrl-C without a word of its own."""
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _kept.append(Reader(tables))


def _work(article: Article) -> Record | DragomanError:
    return _shared()._tried(article)
