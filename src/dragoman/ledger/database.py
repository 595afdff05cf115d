"""The file of a ledger: opened, brought to this version's schema, and its faults told in one line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from dragoman.errors import DragomanError
from dragoman.ledger.schema import APPLICATION_ID, REVISIONS

MIGRATIONS = Path(__file__).parent / "migrations"

_PATIENCE = 60.0
"""Seconds that a writer waits for another one; readers never wait."""


class LedgerError(DragomanError):
    """A ledger that cannot be opened, read or written; the message names its file."""


def open_to_read(path: Path) -> Engine:
    """The database of a ledger, for reading alone.

    Raises LedgerError: nothing there, no ledger, made by a newer version, not yet brought to this version.
    """
    if not path.exists():
        raise LedgerError(f"{path}: there is no such file; make a ledger with: dragoman ingest SOURCE --ledger {path}")
    with faults_named(path):
        engine = _engine(f"file:{_quoted(path)}?mode=ro{_frozen(path)}", "BEGIN")
        with engine.begin() as connection:
            revision = _revision(path, connection)
        if revision is None:
            raise LedgerError(f"{path}: is empty; fill it with: dragoman ingest SOURCE --ledger {path}")
        if revision != REVISIONS[-1]:
            raise LedgerError(f"{path}: was made by an older Dragoman; any dragoman ingest into it brings it up to date")
        return engine


def open_to_write(path: Path) -> Engine:
    """The database of a ledger, made where there is none and brought to this version's schema.

    Raises LedgerError: no ledger, made by a newer version, a file or folder that may not be written.
    """
    with faults_named(path):
        engine = _engine(f"file:{_quoted(path)}?mode=rwc", "BEGIN IMMEDIATE")
        with engine.begin() as connection:
            revision = _revision(path, connection)
            if revision != REVISIONS[-1]:
                _migrate(connection)
        _use_write_ahead_log(engine)
        return engine


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turns the database's errors into a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{path}: {_explained(str(error.orig))}") from error


def _explained(fault: str) -> str:
    for sign, explanation in _FAULTS.items():
        if sign in fault:
            return explanation
    return f"the database says: {fault}; look at it with: dragoman check --ledger FILE"


_FAULTS = {
    "file is not a database": "is no ledger; give another file",
    "readonly database": "may not be written; check the rights of the file and its folder",
    "unable to open database file": "cannot be opened; check that its folder exists and that you may write there",
    "disk is full": "the disk is full; make room and run the same command again, all finished articles are kept",
    "disk I/O error": "the disk refused; check that it has room and works, then run the same command again",
    "database is locked": f"another process has been writing for {_PATIENCE:.0f} seconds; run the command again when it is done",
    "malformed": "is damaged; restore it from a copy, or ingest the articles into a new ledger",
}


def _engine(address: str, begin: str) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def tuned(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _frozen(path: Path) -> str:
    """On a read-only disk SQLite cannot make its lock files, and nobody can write either."""
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists():
        return ""
    try:
        probe = path.with_name(f".{path.name}.probe")
        probe.touch()
        probe.unlink()
    except OSError:
        return "&immutable=1"
    return ""


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _use_write_ahead_log(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _revision(path: Path, connection: Connection) -> str | None:
    """The version of the schema, None for a database without any table."""
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if not tables:
        return None
    if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID or "alembic_version" not in tables:
        raise LedgerError(f"{path}: is a database of another program, no ledger; give another file")
    revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    if revision not in REVISIONS:
        raise LedgerError(f"{path}: was made by a newer Dragoman (schema {revision}); upgrade with: pip install -U dragoman")
    return revision


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (only a new or an old ledger needs it)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
