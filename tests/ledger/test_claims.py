"""Which tellings add up to one claim, and what it then says."""
# ruff: noqa: PLR0917

import random

import pytest

from dragoman.ledger.claims import Claim, Outlet, join, tellings
from dragoman.ledger.tellings import Telling
from dragoman.record import Entity, Event, Mention, Record, RecordedArticle, Span, When

POST = Outlet("Harbour Post", "XGB")
ANCHOR = Outlet("Daily Anchor", "XUS")
STATE = Outlet("Voice of Galdor", "XGD", state_run=True)


def article(id: str, published: str | None, text: str, parties: dict[str, str], *events: Event, outlet: Outlet = POST):
    """Tellings of an article; `parties` gives COUNTRY SECTOR by name, and events quote them."""
    entities = tuple(
        Entity(id=name, name=name, country=code.split()[0], sector=code.split()[1], mentions=(quoted(text, name),))
        for name, code in parties.items()
    )
    record = Record(article=RecordedArticle(id=id, published=published, text=text), entities=entities, events=events)
    return list(tellings(record, outlet))


def quoted(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def event(text: str, id: str, type: str, trigger: str, actor: str = "", recipient: str = "", **told: object) -> Event:
    def mentions(name: str) -> tuple[Mention, ...]:
        return (Mention(**quoted(text, name).model_dump(), entity=name),) if name else ()

    by, date = told.pop("by", None), told.pop("date", None)
    return Event(
        id=id,
        type=type,
        trigger=quoted(text, trigger),
        actors=mentions(actor),
        recipients=mentions(recipient),
        factuality=told.pop("factuality", "happened"),
        asserter=mentions(str(by))[0] if by else None,
        when=When(date=str(date)) if date else None,
        **told,
    )


SHELLING = "On Monday the Galdor army shelled the hospital in Tarsin, killing nine patients."
PARTIES = {"Galdor army": "XGD MIL", "Tarsin": "XSR CVL"}


def shelling(id: str, published: str | None = "2031-03-04", outlet: Outlet = POST, **told: object) -> list[Telling]:
    told = {"mode": "heavy-weapons", "date": "2031-03-03"} | told
    return article(
        id,
        published,
        SHELLING,
        PARTIES,
        event(SHELLING, "e1", "ASSAULT", "shelled", "Galdor army", "Tarsin", **told),
        outlet=outlet,
    )


def one(claims: tuple[Claim, ...]) -> Claim:
    assert len(claims) == 1
    return claims[0]


def test_two_outlets_that_tell_one_act_corroborate_it():
    claim = one(join(shelling("a") + shelling("b", outlet=ANCHOR)))
    assert (claim.support, claim.independent, claim.status) == (("narrated",), 2, "corroborated")
    assert (claim.id, claim.date, claim.date_basis) == ("a:e1", "2031-03-03", "told")


def test_the_same_kind_of_act_on_another_day_is_another_claim():
    claims = join(shelling("a") + shelling("b", "2031-03-12", date="2031-03-11"))
    assert [c.date for c in claims] == ["2031-03-03", "2031-03-11"]


def test_copies_of_one_text_count_once():
    copies = [Outlet(f"Paper {n}", "XGB", family="wire-1") for n in range(10)]
    claim = one(join([t for n, o in enumerate(copies) for t in shelling(f"a{n}", outlet=o)]))
    assert (claim.independent, claim.status) == (1, "reported")


def test_an_outlet_with_a_copy_and_a_report_of_its_own_counts_beside_the_agency():
    wire, copy, own = Outlet("Wire", family="f1"), Outlet("Post", family="f1"), Outlet("Post", family="f2")
    assert one(join(shelling("a", outlet=wire) + shelling("b", outlet=copy) + shelling("c", outlet=own))).independent == 2


def test_state_media_of_the_doer_speak_for_the_doer():
    claim = one(join(shelling("a", outlet=STATE)))
    assert (claim.support, claim.status, claim.against_interest) == (("doer",), "attributed", True)


def test_what_one_ministry_says_in_twenty_papers_is_not_corroborated():
    text = SHELLING.replace("On Monday", "Norvia's ministry said")
    parties = PARTIES | {"Norvia's ministry": "XNV GOV"}
    told = event(text, "e1", "ASSAULT", "shelled", "Galdor army", "Tarsin", by="Norvia's ministry", date="2031-03-03")
    papers = [article(f"p{n}", "2031-03-04", text, parties, told, outlet=Outlet(f"Paper {n}", "XGB")) for n in range(20)]
    claim = one(join(t for paper in papers for t in paper))
    assert (claim.support, claim.independent, claim.status) == (("third",), 1, "attributed")


def denial(published: str = "2031-03-05") -> list[Telling]:
    text = "The Galdor army denied that it had shelled the hospital in Tarsin."
    return article(
        "d",
        published,
        text,
        PARTIES,
        event(text, "e1", "REJECT", "denied", "Galdor army"),
        event(
            text, "e2", "ASSAULT", "shelled", "Galdor army", "Tarsin", factuality="denied", by="Galdor army", mode="heavy-weapons"
        ),
        outlet=ANCHOR,
    )


def test_a_denial_is_tied_to_the_claim_it_denies_and_does_not_unmake_it():
    told, denied = join(shelling("a") + denial())
    assert {t.key for t in told.tellings} == {"a:e1", "d:e2"}
    assert {t.key for t in told.disputed_by} == {"d:e1", "d:e2"}
    assert [p.name for p in told.deniers] == ["Galdor army"]
    assert (told.factuality, told.status, told.support) == ("happened", "reported", ("narrated",))
    assert [t.key for t in denied.tellings] == ["d:e1"]


def test_a_denial_alone_leaves_a_denied_claim():
    told = next(c for c in join(denial()) if c.type == "ASSAULT")
    assert (told.factuality, told.status, told.support, told.independent) == ("denied", "denied", (), 0)
    assert {t.key for t in told.disputed_by} == {"d:e1", "d:e2"}


def visit(id: str, published: str, words: str, factuality: str, date: str | None = "2031-05-12", outlet: Outlet = POST):
    text = f"President Emil Varro {words} Norvia for talks on rivers."
    told = event(
        text,
        "e1",
        "CONSULT",
        words.rsplit(maxsplit=1)[-1],
        "Emil Varro",
        "Norvia",
        mode="visit",
        factuality=factuality,
        date=date,
    )
    return article(id, published, text, {"Emil Varro": "XTL GOV", "Norvia": "XNV GOV"}, told, outlet=outlet)


def test_a_planned_visit_that_is_held_is_one_claim_that_happened():
    claim = one(join(visit("a", "2031-05-01", "will visit", "planned") + visit("b", "2031-05-13", "visited", "happened")))
    assert claim.factuality == "happened"


def test_a_planned_visit_that_is_called_off_is_denied():
    claim = one(join(visit("a", "2031-05-01", "will visit", "planned") + visit("b", "2031-05-11", "will not visit", "denied")))
    assert (claim.factuality, claim.status) == ("denied", "denied")


def test_two_visits_in_one_month_are_two_claims():
    again = visit("b", "2031-05-30", "visited", "happened", "2031-05-28")
    assert len(join(visit("a", "2031-05-13", "visited", "happened") + again)) == 2


def test_a_claim_without_a_told_date_takes_the_publication_of_its_first_telling():
    claim = one(join(shelling("a", date=None) + shelling("b", "2031-03-05", date=None)))
    assert (claim.date, claim.date_basis) == ("2031-03-04", "published")


def test_a_claim_without_any_date_has_none():
    claim = one(join(shelling("a", None, date=None)))
    assert (claim.date, claim.date_basis) == (None, None)


def test_the_more_precise_date_is_kept():
    assert one(join(shelling("a", date="2031-03") + shelling("b", outlet=ANCHOR))).date == "2031-03-03"


def test_a_claim_of_corrected_articles_alone_is_retracted():
    from dataclasses import replace

    assert one(join([replace(t, retracted=True) for t in shelling("a")])).status == "retracted"


def test_links_of_the_record_join_what_words_do_not():
    text = "Galdor army guns shelled Tarsin. The attack by the Galdor army outraged many."
    first = event(text, "e1", "ASSAULT", "shelled", "Galdor army", "Tarsin")
    again = event(text, "e2", "ASSAULT", "attack", "Galdor army", same_as="e1")
    assert len(one(join(article("a", "2031-03-04", text, PARTIES, first, again))).tellings) == 2


def test_acts_of_others_never_join():
    text = SHELLING.replace("Galdor", "Belmar")
    other = event(text, "e1", "ASSAULT", "shelled", "Belmar army", "Tarsin", mode="heavy-weapons", date="2031-03-01")
    belmar = article("b", "2031-03-04", text, {"Belmar army": "XBE MIL", "Tarsin": "XSR CVL"}, other)
    assert len(join(shelling("a") + belmar)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_claims_do_not_depend_on_the_order_of_tellings(seed):
    told = [*shelling("a"), *shelling("b", outlet=ANCHOR), *denial(), *visit("c", "2031-05-01", "will visit", "planned")]
    mixed = told[:]
    random.Random(seed).shuffle(mixed)
    assert join(mixed) == join(told)


def test_a_record_without_its_text_joins_by_parties_type_and_date():
    bare = Record.model_validate(
        {
            "article": {"id": "a", "published": "2031-03-04", "text_sha256": "0" * 64},
            "events": [
                {"id": "e1", "type": "ASSAULT", "trigger": {"start": 0, "end": 3, "text": "hit"}, "factuality": "happened"}
            ],
        }
    )
    assert [c.id for c in join(tellings(bare))] == ["a:e1"]
