"""The commands of the ledger: what goes in, what comes out, whether it is sound."""

import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.commands.inputs import LookAhead, columns, report
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from dragoman.article import Article
    from dragoman.collect import CollectOptions
    from dragoman.ledger.ingest import Ingested
    from dragoman.ledger.lines import Line
    from dragoman.ledger.listing import Format
    from dragoman.ledger.search import Filter
    from dragoman.ledger.store import Ledger

_LEDGER = click.option(
    "--ledger",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The ledger's file.",
)


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@_LEDGER
@click.option(
    "--records",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    multiple=True,
    help="Take records from FILE (JSON Lines, also gzipped, - for standard input) as they are; may be given several times.",
)
@click.option("--published", metavar="DATE", help="Publication date of articles that tell none, as 2023-10-19.")
@click.option("--outlet", metavar="NAME", help="Outlet of articles that tell none.")
@click.option(
    "--columns",
    "named",
    metavar="FIELD=NAME,...",
    callback=columns,
    help="Which columns of CSV and Parquet hold an article's fields, as text=body,published=date.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Read in N processes.")
@click.option("--allow-private", is_flag=True, help="Fetch URLs at private and local addresses too.")
@click.option("--force-language", is_flag=True, help="Read articles that do not seem to be in English too.")
def ingest(
    *,
    sources: tuple[str, ...],
    path: Path,
    records: tuple[Path, ...],
    published: str | None,
    outlet: str | None,
    named: dict[str, str],
    jobs: int,
    allow_private: bool,
    force_language: bool,
) -> None:
    """Read articles into a ledger, or put records into it.

    SOURCE is whatever `dragoman read` takes. The ledger is made where there is none. What it holds already is not read
    again; the same url or id with another text is a new version. It may be stopped at any time: the same command goes
    on where it stopped. Inputs that cannot be read are listed at the end, and the exit status is then 1.
    """
    from dragoman.collect import CollectOptions
    from dragoman.errors import InputError
    from dragoman.ledger.store import Ledger

    if bool(sources) == bool(records):
        raise click.UsageError("Give either SOURCEs to read or --records FILE.")
    try:
        options = CollectOptions(
            published=published, outlet=outlet, columns=named, allow_private=allow_private, force_language=force_language
        )
    except InputError as error:
        raise click.UsageError(str(error)) from error
    with Ledger.open_to_write(path) as ledger:
        run = _Ingest(ledger)
        if records:
            run.take_records(records)
        else:
            run.read(sources, options, jobs)
    click.echo(run.summary(), err=True)
    report(run.failures)


class _Ingest:
    """One run of `ingest`; what fails is kept in `failures`."""

    def __init__(self, ledger: "Ledger") -> None:
        self._ledger = ledger
        self._counts: dict[str, int] = {}
        self._events = 0
        self.failures: list[DragomanError] = []

    def read(self, sources: tuple[str, ...], options: "CollectOptions", jobs: int) -> None:
        """Reads all sources into the ledger."""
        from dragoman.ledger.ingest import ingest_articles

        articles = LookAhead(self._collected(sources, options))
        if articles.total != 0:
            self._count(ingest_articles(self._ledger, articles, jobs), articles.total)

    def take_records(self, files: tuple[Path, ...]) -> None:
        """Puts the records of all files into the ledger."""
        from dragoman.ledger.ingest import ingest_records, records_in

        for file in files:
            self._count(ingest_records(self._ledger, records_in(file)), None)

    def summary(self) -> str:
        """What came in, in one line."""
        new, corrected, known = (self._counts.get(name, 0) for name in ("new", "corrected", "known"))
        return f"{new} new articles, {corrected} new versions, {known} known already; {self._events} events."

    def _collected(self, sources: tuple[str, ...], options: "CollectOptions") -> "Iterator[Article]":
        from dragoman.collect import collect
        from dragoman.errors import InputError

        for found in collect(sources, options):
            if isinstance(found, InputError):
                self.failures.append(found)
            else:
                yield found

    def _count(self, outcomes: "Generator[Ingested | DragomanError, None, None]", total: int | None) -> None:
        from dragoman.show.progress import Progress

        progress = Progress(sys.stderr, total)
        try:
            with closing(outcomes):
                for outcome in outcomes:
                    if isinstance(outcome, DragomanError):
                        self.failures.append(outcome)
                    else:
                        self._counts[outcome.outcome] = self._counts.get(outcome.outcome, 0) + 1
                        self._events += outcome.events
                    progress.advance()
        finally:
            progress.clear()


def _option(*names: str, **settings: Any) -> Callable[..., Any]:
    return click.option(*names, **settings)


_FILTERS = {
    "side": _option("--side", metavar="SIDE", help="Who takes part: a country (RUS), its sector (RUS:MIL), or a body (EU)."),
    "pair": _option("--pair", nargs=2, metavar="SIDE SIDE", help="The one towards the other, either way."),
    "speaker": _option("--speaker", metavar="SIDE", help="Who speaks."),
    "about": _option("--about", metavar="SIDE", help="Whom the content is about."),
    "type": _option("--type", metavar="TYPE", help="Type of act, as CONSULT."),
    "status": _option("--status", metavar="STATUS", help="Status of the claim, as corroborated."),
    "factuality": _option(
        "--factuality", type=click.Choice(["happened", "planned", "possible", "denied"]), help="How it is told."
    ),
    "since": _option("--since", metavar="DATE", help="From this day, month or year on."),
    "until": _option("--until", metavar="DATE", help="Up to this day, month or year, itself included."),
    "outlet": _option("--outlet", metavar="NAME", help="Outlet of the article, as the article names it."),
    "text": _option("--text", metavar="WORDS", help='Words that stand there, all of them; "in quotes" one after another.'),
    "article": _option("--article", metavar="ID", help="Id of the article."),
    "limit": _option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N lines."),
    "all_versions": _option("--all-versions", is_flag=True, help="Earlier versions of corrected articles too."),
}


def _listing(name: str, about: str, filters: str) -> click.Command:
    """A command that lists one kind of line, narrowed by the named filters."""

    def run(
        path: Path,
        form: "Format | None",
        target: Path | None,
        without_text: bool,
        pair: tuple[str, str] | None = None,
        **asked: Any,
    ) -> None:
        from dragoman.ledger.search import Filter, Pair
        from dragoman.ledger.store import Ledger

        with Ledger.open(path) as ledger:
            _list(ledger, name, Filter(pair=Pair(*pair) if pair else None, **asked), _Output(form, target, without_text))

    command: Callable[..., Any] = run
    for option in (*reversed(_OUTPUT), *(_FILTERS[filter] for filter in reversed(filters.split()))):
        command = option(command)
    return click.command(name, help=about)(_LEDGER(command))


_OUTPUT = (
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "jsonl", "parquet"]),
        help="table: for people; csv: one row each, lists in one cell; jsonl: one JSON object a line, complete; "
        "parquet: into the FILE of -o.  [default: table on a terminal, as FILE's name ends, else jsonl]",
    ),
    click.option(
        "-o",
        "--output",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE instead of standard output; FILE changes only when all is written.",
    ),
    click.option("--without-text", is_flag=True, help="Leave the text of statements out; names and triggers stay."),
)


class _Output:
    """Where a listing goes, and in which form."""

    def __init__(self, form: "Format | None", target: Path | None, without_text: bool) -> None:
        self.form: Format = form or self._usual(target)
        self.target = target
        self.without_text = without_text
        if self.form == "parquet" and target is None:
            raise click.UsageError("Parquet goes into a file; name it with -o FILE.parquet.")

    @staticmethod
    def _usual(target: Path | None) -> "Format":
        if target is None:
            return "table" if sys.stdout.isatty() else "jsonl"
        ending = target.suffix.removeprefix(".")
        return ending if ending in ("csv", "parquet") else "jsonl"  # type: ignore[return-value]


def _list(ledger: "Ledger", name: str, asked: "Filter", to: _Output) -> None:
    from dragoman.ledger.lines import ArticleLine, ClaimLine, EventLine, StatementLine
    from dragoman.ledger.listing import shown, write_listing, write_parquet
    from dragoman.show.writers import output

    kinds: dict[str, type[Line]] = {
        "events": EventLine, "statements": StatementLine, "claims": ClaimLine, "articles": ArticleLine
    }  # fmt: skip
    found: Iterable[Line] = getattr(ledger, name)(asked)
    lines = shown(found, to.without_text)
    if to.form == "parquet" and to.target is not None:
        write_parquet(lines, kinds[name], to.target)
        return
    with output(to.target) as stream:
        write_listing(lines, kinds[name], to.form, stream)


@click.command()
@click.argument("id", metavar="ID")
@_LEDGER
@click.option(
    "--version", type=click.IntRange(min=1), metavar="N", help="The N-th version of an article, not the one that counts."
)
def show(*, id: str, path: Path, version: int | None) -> None:
    """Show a claim, an event or statement (ARTICLE:e1), or an article, with its words in their sentence.

    ID is as the listings tell it; a claim that was joined to another one is shown as that one.
    """
    from dragoman.ledger.showing import show_claim, show_part, show_record
    from dragoman.ledger.store import Ledger
    from dragoman.show.writers import output

    with Ledger.open(path) as ledger, output(None) as stream:
        if claim := ledger.claim(id):
            show_claim(ledger, claim, stream)
            return
        if record := ledger.record(id, version):
            show_record(record, stream)
            return
        article, _, part = id.rpartition(":")
        record = ledger.record(article, version) if article else None
        if record is None or not show_part(record, part, stream):
            raise DragomanError(f"{id}: is nothing in {path}; take an id from dragoman claims, events, statements or articles")


@click.command()
@_LEDGER
def check(*, path: Path) -> None:
    """Check that a ledger is sound: its file, and that articles, events and claims fit each other.

    The exit status is 0 for a sound ledger, 1 otherwise, with a line for each fault.
    """
    from dragoman.ledger.store import Ledger

    with Ledger.open(path) as ledger:
        faults = ledger.faults()
    for fault in faults:
        click.echo(f"{path}: {fault}", err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"{path}: sound")


COMMANDS = (
    ingest,
    _listing(
        "events",
        "List events, one act told at one place of one article.",
        "side pair type status factuality since until outlet text article limit all_versions",
    ),
    _listing(
        "statements",
        "List statements: words, belief or knowledge attributed to somebody.",
        "side pair speaker about since until outlet text article limit all_versions",
    ),
    _listing(
        "claims",
        "List claims: acts in the world, with who backs and who contests them.",
        "side pair type status factuality since until outlet text article limit",
    ),
    _listing(
        "articles",
        "List articles, with the article that each is a copy of.",
        "side pair type factuality since until outlet text article limit all_versions",
    ),
    show,
    check,
)
"""All commands of the ledger."""
