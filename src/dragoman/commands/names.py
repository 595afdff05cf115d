"""`dragoman resolve`: what a name means, and why."""

import datetime
from pathlib import Path

import click


@click.command()
@click.argument("name")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day as of which to resolve, as 2003-03-20.")
@click.option("--near", metavar="TEXT", help="A text in whose surroundings the name stands.")
@click.option("--tables", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR", help="Further tables.")
def resolve(name: str, date: datetime.datetime | None, near: str | None, tables: Path | None) -> None:
    """Show what NAME resolves to, and why.

    The answer is for an actor: the entity, its country, sector and role on the day, and the line of the table that says so.
    """
    from dragoman.resolve.lookup import lookup
    from dragoman.resolve.tables import load_tables
    from dragoman.show.terminal import one_line

    found = lookup(name, date.date() if date else None, near, load_tables(tables) if tables else None)
    fields = {
        "name": found.name,
        "ref": found.ref,
        "kind": found.kind,
        "country": found.country,
        "sector": found.sector,
        "role": found.role,
        "why": found.why,
        "source": found.source,
    }
    for field, value in fields.items():
        click.echo(f"{field:8} {one_line(value) if value else '-'}")
