"""The command line: `dragoman read`, `dragoman schema`; those of the ledger stand in `commands`.

What a command needs is loaded when it runs, so that asking for help takes no time.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.commands.inputs import LookAhead, printable, report
from dragoman.commands.inputs import columns as columns_of
from dragoman.commands.ledger import COMMANDS
from dragoman.commands.names import resolve
from dragoman.errors import DragomanError, InputError

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.collect import CollectOptions
    from dragoman.reader import Reader
    from dragoman.record import Record
    from dragoman.show.progress import Progress
    from dragoman.show.writers import Format, RecordWriter

STOPPED, BROKEN_PIPE = 130, 141
"""Exit statuses after Ctrl-C, and when nobody reads the output any more; those that a shell gives too."""


class _Commands(click.Group):
    """Ends every command in the way that its errors ask for."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except DragomanError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            context.exit(STOPPED)
        except BrokenPipeError:
            # What is still buffered for the closed pipe would raise once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(BROKEN_PIPE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dragoman", message="dragoman %(version)s")
def cli() -> None:
    """Read political news into data: who did and said what to whom, when, where, and according to whom."""


def main() -> None:
    """Run the command line and exit with its status."""
    cli(prog_name="dragoman")


@cli.command()
@click.argument("sources", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "text", "json", "jsonl"]),
    help="table: events and statements as tables; text: the article with its marks; json: one array of records; "
    "jsonl: one record a line.  [default: table on a terminal, json into a FILE ending in .json, else jsonl]",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of standard output; FILE changes only when all is read.",
)
@click.option("--published", metavar="DATE", help="Publication date of articles that tell none, as 2023-10-19.")
@click.option("--outlet", metavar="NAME", help="Outlet of articles that tell none.")
@click.option(
    "--columns",
    metavar="FIELD=NAME,...",
    callback=columns_of,
    help="Which columns of CSV and Parquet hold an article's fields, as text=body,published=date.",
)
@click.option(
    "--without-text",
    is_flag=True,
    help="Leave the text out of the records; its SHA-256, the offsets and the words of triggers and names stay.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Read in N processes.")
@click.option(
    "--tables",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of further tables of facts, laid over the package's own.",
)
@click.option("--allow-private", is_flag=True, help="Fetch URLs at private and local addresses too.")
@click.option("--force-language", is_flag=True, help="Read articles that do not seem to be in English too.")
@click.option("-v", "--verbose", is_flag=True, help="Tell on standard error what was found in each article.")
def read(
    *,
    sources: tuple[str, ...],
    form: "Format | None",
    target: Path | None,
    published: str | None,
    outlet: str | None,
    columns: dict[str, str],
    without_text: bool,
    jobs: int,
    tables: Path | None,
    allow_private: bool,
    force_language: bool,
    verbose: bool,
) -> None:
    """Read articles and print their records.

    PATH is a file (plain text, HTML, article JSON or JSON Lines, CSV, Parquet, any of them gzipped), a folder of such files, an
    http(s) URL, or - for standard input. Records come in the order of the inputs. Inputs that cannot be read are listed at
    the end, each with the reason, and the exit status is then 1.
    """
    from dragoman.collect import CollectOptions
    from dragoman.reader import Reader
    from dragoman.show.writers import output, writer

    form = form or _default_format(target)
    if form == "text" and without_text:
        raise click.UsageError("--without-text leaves no text to mark; choose another --format than text.")
    try:
        options = CollectOptions(
            published=published, outlet=outlet, columns=columns, allow_private=allow_private, force_language=force_language
        )
    except InputError as error:
        raise click.UsageError(str(error)) from error
    with output(target) as stream:
        run = _Run(writer(form, stream), Reader(tables), without_text, verbose)
        run.read(sources, options, jobs)
    report(run.failures)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from dragoman.record import Record

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    click.echo(json.dumps(dialect | Record.model_json_schema(), indent=2))


for _command in (*COMMANDS, resolve):
    cli.add_command(_command)


def _default_format(target: Path | None) -> "Format":
    if target is not None:
        return "json" if target.suffix == ".json" else "jsonl"
    return "table" if sys.stdout.isatty() else "jsonl"


class _Run:
    """One run of `read`: from the sources to written records; what fails is kept in `failures`."""

    def __init__(self, writer: "RecordWriter", reader: "Reader", without_text: bool, verbose: bool) -> None:
        self._writer = writer
        self._reader = reader
        self._without_text = without_text
        self._verbose = verbose
        self.failures: list[DragomanError] = []

    def read(self, sources: tuple[str, ...], options: "CollectOptions", jobs: int) -> None:
        """Read all sources and write their records in order."""
        from dragoman.show.progress import Progress

        articles = LookAhead(self._collected(sources, options))
        if articles.total != 0:
            self._read_articles(articles, jobs, Progress(sys.stderr, articles.total))
        self._writer.finish()

    def _collected(self, sources: tuple[str, ...], options: "CollectOptions") -> Iterator["Article"]:
        from dragoman.collect import collect

        for found in collect(sources, options):
            if isinstance(found, InputError):
                self.failures.append(found)
            else:
                yield found

    def _read_articles(self, articles: "LookAhead", jobs: int, progress: "Progress") -> None:
        try:
            with closing(self._reader.read_many(articles, jobs=jobs)) as outcomes:
                for outcome in outcomes:
                    progress.clear()
                    if isinstance(outcome, DragomanError):
                        self.failures.append(outcome)
                    else:
                        self._write(outcome)
                    progress.advance()
        finally:
            progress.clear()

    def _write(self, record: "Record") -> None:
        self._writer.write(record.without_text() if self._without_text else record)
        if self._verbose:
            found = f"{len(record.events)} events, {len(record.statements)} statements"
            click.echo(f"{printable(record.article.id)}: {found}", err=True)
