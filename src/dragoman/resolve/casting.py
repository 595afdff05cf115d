"""Who stands behind each mention of a story."""

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.mark.marks import Marks, Words
from dragoman.record import EntityKind
from dragoman.resolve.facts import OFFICIAL, TRANSNATIONAL, UNKNOWN, Known, Meaning, Naming, Office, Standing
from dragoman.resolve.figures import Figure, Figures
from dragoman.resolve.phrases import PRONOUNS, Phrase, read_phrase
from dragoman.resolve.pointing import (
    ABROAD,
    ARMED,
    BODY_WORDS,
    CHARGED,
    COUNTRY_WORDS,
    DESCRIBING,
    GOVERNMENT,
    OF_WHOM,
    is_called,
    is_community,
)
from dragoman.resolve.pronouns import (
    HEARER,
    SPEAKER,
    SPEAKERS,
    Candidate,
    Speeches,
    antecedent,
)
from dragoman.resolve.story import Sighting, Story, Title


@dataclass(frozen=True)
class Actor:
    """An actor of the story, once for all its mentions."""

    name: str
    kind: EntityKind | None
    country: str
    sector: str
    ref: str | None = None
    role: str | None = None
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Country and sector, as far as words tell them."""

    country: str
    sector: str
    role: str | None = None


class Casting:
    """Finds the actors behind mentions; what it has found once, it keeps."""

    def __init__(self, story: Story, marks: Marks) -> None:
        self._story = story
        self._figures = Figures(story)
        self._speeches = Speeches(marks)
        self._actors: dict[str, Actor] = {}
        self._cast: dict[Words, tuple[Actor, ...]] = {}
        self._busy: set[Words] = set()
        self._marked = _all_words(marks)
        self._candidates: list[Candidate] | None = None
        self._sources: dict[str, Callable[[], Actor]] = {}

    def cast(self, words: Words) -> tuple[Actor, ...]:
        """The actors that words of the text mean, mostly one."""
        if words in self._cast:
            return self._cast[words]
        if words in self._busy:
            return (self._unknown(words),)
        self._busy.add(words)
        found = self._find(words)
        self._busy.discard(words)
        self._cast[words] = found
        return found

    def _find(self, words: Words) -> tuple[Actor, ...]:
        phrase = read_phrase(self._story, self._figures, words)
        if phrase.shape == "pronoun":
            return (self._pronoun(phrase) or self._unknown(words),)
        if phrase.figure is not None:
            return (self._of_figure(phrase.figure, phrase),)
        if phrase.meaning is not None:
            return (self._of_meaning(phrase.meaning, words.start),)
        if phrase.title is not None:
            return self._noun(phrase)
        return (self._other(phrase),)

    def _keep(self, key: str, make: Callable[[], Actor]) -> Actor:
        if key not in self._actors:
            self._actors[key] = make()
        return self._actors[key]

    def _unknown(self, words: Words) -> Actor:
        return self._keep(f"words:{words.start}", lambda: Actor(self._text(words), None, UNKNOWN, UNKNOWN))

    def _text(self, words: Words) -> str:
        return self._story.text[words.start : words.end]

    def _of_meaning(self, meaning: Meaning, offset: int) -> Actor:
        known = self._story.state(meaning.known)
        if meaning.naming is Naming.DEMONYM and known.kind == "government" and self._is_people(offset):
            return self._keep(f"people:{known.ref}", lambda: self._people(known, offset))
        return self._of_known(known, offset)

    def _is_people(self, offset: int) -> bool:
        """Whether a demonym at an offset is a noun for people: "the Turks", "Iraqis"."""
        word = self._story.text[self._story.tokens.starts[self._story.token_at(offset)] :].split(None, 1)[0]
        return word.rstrip(".,;:'’").endswith("s") and word[0].isupper()

    def _people(self, known: Known, offset: int) -> Actor:
        country = self._country_of(known, offset)
        return Actor(known.name, "group", country, "CVL")

    def _of_known(self, known: Known, offset: int) -> Actor:
        standing = known.on(self._story.day)
        country = self._country_of(known, offset)
        key = f"known:{known.ref}:{country if known.choices else ''}"
        return self._keep(
            key, lambda: Actor(known.name, known.kind, country, standing.sector, _public_ref(known), standing.role, known.gender)
        )

    def _country_of(self, known: Known, offset: int) -> str:
        if is_community(known):
            near = self._story.country_near(offset)
            return TRANSNATIONAL if near == UNKNOWN else near
        if known.choices:
            near = self._story.country_near(offset, known.choices)
            return known.choices[0] if near == UNKNOWN else near
        return known.on(self._story.day).country

    def _of_figure(self, figure: Figure, phrase: Phrase | None = None) -> Actor:
        return self._keep(f"figure:{id(figure)}", lambda: self._person(figure))

    def _person(self, figure: Figure) -> Actor:
        story = self._story
        call = figure.calls[0]
        offset = story.tokens.starts[call.i]
        name = max((story.text[story.tokens.starts[c.i] : story.tokens.ends[c.j - 1]] for c in figure.calls), key=len)
        if figure.known is not None:
            known = figure.known
            standing = known.on(story.day)
            told = self._told_otherwise(figure, standing)
            if told is not None:
                return Actor(known.name, "person", standing.country, told.sector, known.ref, told.role, figure.gender)
            return Actor(known.name, "person", standing.country, standing.sector, known.ref, standing.role, figure.gender)
        titled = next((c for c in figure.calls if c.title is not None), None)
        if titled is None or titled.title is None:
            return Actor(name, "person", story.country_near(offset), "CVL", None, None, figure.gender)
        code = self._code(titled.title, (), titled.modifiers, None, story.tokens.starts[titled.i], titled.former)
        return Actor(name, "person", code.country, code.sector, None, code.role, figure.gender or titled.title.office.gender)

    def _told_otherwise(self, figure: Figure, standing: Standing) -> Code | None:
        """What the text calls a person whom the tables know as a former one, where it tells of the time in office."""
        titled = [c for c in figure.calls if c.title is not None]
        if titled and titled[0].former and (self._story.day is None or standing.sector in OFFICIAL):
            return Code(standing.country, "ELI", standing.role)
        if not standing.former:
            return None
        for call in titled:
            if call.title is not None and not call.former:
                code = self._code(call.title, (), call.modifiers, None, self._story.tokens.starts[call.i], call.former)
                last = figure.known.last_before(self._story.day) if figure.known and not call.then else None
                if last is not None and last.sector in OFFICIAL:
                    return Code(standing.country, last.sector, last.role)
                return code if code.sector in OFFICIAL or call.then else None
        return None

    def _code(  # noqa: PLR0917
        self,
        title: Title,
        helpers: tuple[Office, ...],
        owners: tuple[Sighting, ...],
        owner: Actor | None,
        offset: int,
        former: bool,
    ) -> Code:
        """Country, sector and role that a title with its surroundings tells."""
        office = title.office
        country, body = None, None
        for seen in owners:
            if seen.i >= title.j and not self._says_whose(seen, title):
                continue
            known = self._story.state(self._story.choose(seen.meanings, offset).known)
            if known.kind == "person" or is_community(known):
                continue
            if body is None and known.table not in ("countries", "regions"):
                body = known
            if country is None or (country == TRANSNATIONAL and known.table == "countries"):
                country = self._country_of(known, offset)
        sector = self._sector(office, helpers, body, owner)
        if country is None and owner is not None:
            country = owner.country
        if country is None:
            country = self._default_country(office, offset)
        if former and sector in OFFICIAL:
            sector = "ELI"
        return Code(country, sector, office.role)

    def _says_whose(self, seen: Sighting, title: Title) -> bool:
        keys = self._story.tokens.keys
        for k in range(seen.i - 1, title.j - 1, -1):
            if keys[k] in OF_WHOM:
                return not (keys[k] == "for" and title.office.role in CHARGED)
            if keys[k] in ("to", "with", "against", "by", "near", "about", "over", "after", "before", "who", "that", "which"):
                return False
        return True

    def _sector(self, office: Office, helpers: tuple[Office, ...], body: Known | None, owner: Actor | None) -> str:
        standing = body.on(self._story.day) if body is not None else None
        if standing is not None and body is not None:
            if body.kind == "armed_group" and office.sector in ARMED:
                return standing.sector
            if office.inherits or (office.sector == "PTY" and standing.sector == "LEG"):
                return standing.sector
        if office.sector == "PTY" and any(h.sector == "LEG" for h in helpers):
            return "LEG"
        if office.inherits:
            telling = next((h for h in helpers if not h.inherits and h.sector != "CVL"), None)
            if telling is not None:
                return telling.sector
            if owner is not None and owner.sector != UNKNOWN and office.kind != "people":
                return owner.sector
        return office.sector

    def _default_country(self, office: Office, offset: int) -> str:
        if len(office.countries) == 1:
            return office.countries[0]
        if office.countries:
            near = self._story.country_near(offset, office.countries)
            if near != UNKNOWN:
                return near
        return self._story.country_near(offset)

    def _noun(self, phrase: Phrase) -> tuple[Actor, ...]:
        title = phrase.title
        assert title is not None
        office, offset = title.office, phrase.words.start
        owner = self._owner(phrase)
        if (pointed := self._pointed(phrase, office)) is not None:
            return pointed
        code = self._code(title, phrase.helpers, phrase.owners, owner, offset, phrase.former)
        if not phrase.owners and owner is None and any(k in ABROAD for k in self._story.tokens.keys[phrase.i : title.i]):
            code = Code(TRANSNATIONAL, code.sector, code.role)
        if office.phrase in GOVERNMENT and code.sector == "GOV" and code.country in self._story.tables.states:
            return (self._of_known(self._story.tables.states[code.country], offset),)
        if office.kind == "person" and not office.plural:
            same = self._holder(phrase, office, code) or self._mentioned(phrase, office, code)
            if same is not None:
                return (same,)
            key = f"noun:{office.phrase}:{code.country}:{code.sector}:{'' if phrase.definite else offset}"
        else:
            key = f"noun:{office.phrase}:{code.country}:{code.sector}"
        kind: EntityKind = (
            "person"
            if office.kind == "person" and not office.plural
            else ("medium" if code.sector == "JRN" and office.kind == "body" else "group")
        )
        return (
            self._keep(
                key, lambda: Actor(self._text(phrase.words), kind, code.country, code.sector, None, code.role, office.gender)
            ),
        )

    def _owner(self, phrase: Phrase) -> Actor | None:
        if phrase.owner_figure is not None:
            return self._of_figure(phrase.owner_figure)
        if phrase.owner_pronoun is not None:
            tokens = self._story.tokens
            k = phrase.owner_pronoun
            words = Words(tokens.starts[k], tokens.ends[k])
            return None if words == phrase.words else self.cast(words)[0]
        return None

    def _holder(self, phrase: Phrase, office: Office, code: Code) -> Actor | None:
        """Who of the story, or else of the tables, holds the office that a definite phrase names."""
        bare = phrase.title is not None and phrase.i == phrase.title.i
        if phrase.former or not (phrase.definite or phrase.owners or phrase.owner_pronoun is not None or bare):
            return None
        role = office.role or office.phrase
        fits: list[tuple[int, Figure]] = []
        for figure in self._figures.all:
            for call in figure.calls:
                if call.i >= phrase.i:
                    break
                titled = call.title is not None and (call.title.office.role or call.title.office.phrase) == role
                standing = figure.known.on(self._story.day) if figure.known else None
                if titled or (standing is not None and standing.role == role and standing.country == code.country):
                    fits.append((call.i, figure))
        if fits:
            actor = self._of_figure(max(fits, key=lambda f: f[0])[1])
            if actor.country == code.country or not phrase.owners:
                return actor
        if office.role and office.kind == "person":
            known = self._story.tables.holder(office.role, code.country, self._story.day)
            if known is not None and (office.single or len(office.countries) == 1):
                return self._of_known_person(known)
        return None

    def _mentioned(self, phrase: Phrase, office: Office, code: Code) -> Actor | None:
        """The person named before whom a definite description as "the Florida Republican" means."""
        if not phrase.definite or phrase.former or office.sector not in DESCRIBING or phrase.owner_figure is not None:
            return None
        for call in reversed(self._figures.calls):
            figure = self._figures.at.get(call.i)
            if call.i < phrase.i and figure is not None:
                actor = self._of_figure(figure)
                if actor.country == code.country and (actor.sector == office.sector or actor.sector in DESCRIBING[office.sector]):
                    return actor
                if phrase.i - call.i > 120:
                    break
        return None

    def _of_known_person(self, known: Known) -> Actor:
        figure = next((f for f in self._figures.all if f.known is known), None)
        return self._of_figure(figure) if figure is not None else self._of_known(known, 0)

    def _pointed(self, phrase: Phrase, office: Office) -> tuple[Actor, ...] | None:
        """The actors that "the country", "the group", "the two leaders" point back to."""
        if not phrase.definite or phrase.owners or phrase.owner_figure or phrase.former:
            return None
        keys = self._story.tokens.keys[phrase.i : phrase.j]
        if ("two" in keys or "both" in keys) and office.plural:
            found = self._last_two(phrase, office)
            return found if len(found) == 2 else None
        if len(keys) > 2:
            return None
        if office.phrase in COUNTRY_WORDS and not office.plural:
            seen = self._last(phrase.i, lambda k: k.table == "countries")
        elif office.phrase in BODY_WORDS and not office.plural:
            seen = self._last(phrase.i, BODY_WORDS[office.phrase])
        elif office.kind == "body" and office.inherits and not office.plural:
            seen = self._last(phrase.i, lambda k: is_called(k, office.phrase))
        else:
            return None
        return (self._of_known(self._story.state(seen), phrase.words.start),) if seen else None

    def _last(self, i: int, fits: Callable[[Known], bool]) -> Known | None:
        for seen in reversed(self._story.sightings):
            if seen.i < i:
                known = self._story.choose(seen.meanings, self._story.tokens.starts[seen.i]).known
                if fits(known):
                    return known
        return None

    def _last_two(self, phrase: Phrase, office: Office) -> tuple[Actor, ...]:
        found: list[Actor] = []
        if office.kind == "person":
            for call in reversed(self._figures.calls):
                figure = self._figures.at.get(call.i)
                if call.i < phrase.i and figure is not None and (actor := self._of_figure(figure)) not in found:
                    found.append(actor)
                    if len(found) == 2:
                        break
        else:
            for seen in reversed(self._story.sightings):
                if seen.i >= phrase.i:
                    continue
                meaning = self._story.choose(seen.meanings, phrase.words.start)
                if (
                    meaning.known.table == "countries"
                    and (actor := self._of_known(self._story.state(meaning.known), 0)) not in found
                ):
                    found.append(actor)
                    if len(found) == 2:
                        break
        return tuple(reversed(found))

    def _other(self, phrase: Phrase) -> Actor:
        """A mention without any word of the tables for its head."""
        story, words = self._story, phrase.words
        owner = self._owner(phrase)
        country, sector = None, None
        for seen in phrase.owners:
            known = story.state(story.choose(seen.meanings, words.start).known)
            if known.kind == "person":
                continue
            country = country or self._country_of(known, words.start)
            if sector is None and known.table not in ("countries", "regions"):
                sector = known.on(story.day).sector
        if owner is not None:
            country, sector = country or owner.country, sector or owner.sector
        named = phrase.i < phrase.j and story.tokens.capital[phrase.j - 1]
        country = country or story.country_near(words.start)
        text = self._text(words)
        return self._keep(
            f"other:{text.lower()}", lambda: Actor(text, None, country or UNKNOWN, sector or ("NGO" if named else "CVL"))
        )

    def _pronoun(self, phrase: Phrase) -> Actor | None:
        word, at = phrase.head, phrase.words.start
        if word in SPEAKER or word in SPEAKERS:
            speaker = self._speeches.speaker_at(at) or self._speeches.speaker_near(at, self._story)
            return self.cast(speaker)[0] if speaker is not None and speaker != phrase.words else None
        if word in HEARER:
            hearer = self._speeches.addressee_at(at)
            return self.cast(hearer)[0] if hearer is not None and hearer != phrase.words else None
        speaker = self._speeches.speaker_at(at)
        spoken_by = self._key_of(speaker) if speaker is not None and speaker != phrase.words else None
        found = antecedent(self._story, word, at, self._all_candidates(), spoken_by)
        return self._sources[found.key]() if found is not None else None

    def _key_of(self, words: Words) -> str | None:
        figure = read_phrase(self._story, self._figures, words).figure
        return f"figure:{id(figure)}" if figure is not None else None

    def _all_candidates(self) -> list[Candidate]:
        if self._candidates is None:
            self._candidates = self._gather()
        return self._candidates

    def _gather(self) -> list[Candidate]:
        """All places of the text where actors are named, in order."""
        story, tokens = self._story, self._story.tokens
        raw: list[tuple[int, int, str, bool, bool, str, bool]] = []
        covered: set[int] = set()
        for call in self._figures.calls:
            figure = self._figures.at.get(call.i)
            if figure is None:
                continue
            key = f"figure:{id(figure)}"
            self._sources.setdefault(key, lambda f=figure: self._of_figure(f))  # type: ignore[misc]
            raw.append((call.i, call.j, key, True, False, figure.gender, False))
            covered.update(range(call.i, call.j))
            if call.title is not None:
                covered.update(range(call.title.i, call.title.j))
        for seen in story.sightings:
            meaning = seen.meanings[0]
            if (
                seen.i in covered
                or meaning.known.kind == "person"
                or (meaning.naming is Naming.DEMONYM and not self._is_people(tokens.starts[seen.i]))
            ):
                continue
            key = f"seen:{seen.i}"
            self._sources[key] = lambda s=seen: self._of_meaning(story.choose(s.meanings, tokens.starts[s.i]), tokens.starts[s.i])  # type: ignore[misc]
            raw.append((seen.i, seen.j, key, False, meaning.naming is Naming.DEMONYM, "", meaning.known.table != "countries"))
            covered.update(range(seen.i, seen.j))
        for title in story.titles:
            if title.i in covered or title.office.kind == "thing":
                continue
            start = self._phrase_start(title)
            key = f"title:{title.i}"
            words = Words(tokens.starts[start], tokens.ends[title.j - 1])
            self._sources[key] = lambda w=words: self.cast(w)[0]  # type: ignore[misc]
            person = title.office.kind == "person" and not title.office.plural
            raw.append((title.i, title.j, key, person, title.office.plural, title.office.gender, title.office.kind == "body"))
        raw.sort()
        candidates, last = [], -1
        for i, j, key, person, plural, gender, body in raw:
            start, end = tokens.starts[i], tokens.ends[j - 1]
            sentence = story.sentence_of(start)
            marked = any(w.start <= start and end <= w.end for w in self._marked)
            candidates.append(Candidate(start, end, key, person, plural, gender, body, sentence != last, marked))
            last = sentence
        return candidates

    def _phrase_start(self, title: Title) -> int:
        tokens = self._story.tokens
        start = title.i
        while (
            start > 0
            and title.i - start < 6
            and tokens.gap(start - 1) in (" ", "-", "\u00a0")
            and tokens.keys[start - 1] not in PRONOUNS
        ):
            key = tokens.keys[start - 1]
            if tokens.capital[start - 1] or key in ("the", "a", "an", "this", "that") or start - 1 in self._story.title_at:
                start -= 1
                if key in ("the", "a", "an", "this", "that"):
                    break
            else:
                break
        return start


def _public_ref(known: Known) -> str | None:
    return None if known.table == "regions" else known.ref


def _all_words(marks: Marks) -> list[Words]:
    words = [w for e in marks.events for w in (*e.actors, *e.recipients, e.asserter) if w is not None]
    return words + [w for s in marks.statements for w in (s.speaker, s.addressee, s.via) if w is not None]
