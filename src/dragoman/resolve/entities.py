"""Who the marked words of an article mean: mentions joined into entities, with country, sector and role as of its date."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.article import Article
from dragoman.mark.marks import Marks, Words
from dragoman.record import Entity, Span
from dragoman.resolve.casting import Actor, Casting
from dragoman.resolve.facts import day_number
from dragoman.resolve.story import scan
from dragoman.resolve.tables import Tables, tables


@dataclass(frozen=True, slots=True)
class ResolvedEntities:
    """The entities of an article, in the order of their first mention, and which words mean which of them."""

    entities: tuple[Entity, ...]
    meant: dict[Words, tuple[str, ...]] = field(default_factory=dict[Words, tuple[str, ...]])

    def ids(self, words: Words) -> tuple[str, ...]:
        """The ids of all entities that marked words mean: two for "the two leaders", none for unmarked words."""
        return self.meant.get(words, ())

    def id(self, words: Words | None) -> str | None:
        """The id of the entity that marked words mean, the first one's where they mean several."""
        found = self.meant.get(words, ()) if words is not None else ()
        return found[0] if found else None


def resolve_entities(article: Article, marks: Marks, facts: Tables | None = None) -> ResolvedEntities:
    """The entities that the actors, recipients, asserters, speakers, addressees and vias of an article's marks mean.

    The same text, marks and tables give the same entities. `facts` are the tables to use, the package's own by default.
    """
    facts = facts or tables()
    outlet = _outlet_country(article, facts)
    story = scan(article.text, day_number(article.published_date), facts, outlet)
    casting = Casting(story, marks)
    meant = {words: casting.cast(words) for words in sorted(set(mentioned(marks)))}
    return _numbered(article.text, meant)


def mentioned(marks: Marks) -> Iterator[Words]:
    """All words of the marks that stand for somebody, as often as they are marked."""
    for event in marks.events:
        yield from event.actors
        yield from event.recipients
        if event.asserter is not None:
            yield event.asserter
    for statement in marks.statements:
        for words in (statement.speaker, statement.addressee, statement.via):
            if words is not None:
                yield words


def _outlet_country(article: Article, facts: Tables) -> str | None:
    from dragoman.resolve.lookup import outlet  # noqa: PLC0415

    known = outlet(article.outlet, article.url, facts)
    return known.terms[-1].country if known else None


def _numbered(text: str, meant: dict[Words, tuple[Actor, ...]]) -> ResolvedEntities:
    ids: dict[int, str] = {}
    actors: dict[str, Actor] = {}
    mentions: dict[str, list[Span]] = {}
    for words, found in meant.items():
        for actor in found:
            number = ids.setdefault(id(actor), f"a{len(ids) + 1}")
            actors[number] = actor
            mentions.setdefault(number, []).append(Span(start=words.start, end=words.end, text=text[words.start : words.end]))
    entities = tuple(
        Entity(
            id=number, ref=actor.ref, name=actor.name or mentions[number][0].text or "", kind=actor.kind, country=actor.country,
            sector=actor.sector, role=actor.role, mentions=tuple(mentions[number]),
        )
        for number, actor in actors.items()
    )  # fmt: skip
    return ResolvedEntities(entities, {w: tuple(ids[id(a)] for a in found) for w, found in meant.items()})
