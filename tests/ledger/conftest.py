"""Articles and records of a small made-up world, and ledgers that hold them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.ledger.store import Ledger
from dragoman.record import Record

VISIT = (
    "Foreign Minister Marte Lindqvist of Norway flew to Hanoi on Monday and met Vietnam's prime minister.\n\n"
    "The two spoke about fishing rights for three hours, the ministry in Oslo said, and agreed to meet again in the autumn "
    "when a treaty on the northern fishing grounds is to be signed by both governments after years of quiet talks."
)


def record_of(
    id: str, text: str = VISIT, published: str = "2023-10-17", outlet: str = "Fjord Daily", url: str | None = None, **event: Any
) -> Record:
    """A record of one event, a visit of Norway to Vietnam unless told otherwise, whose trigger is the word `trigger`."""
    trigger = event.pop("trigger", "flew")
    at = text.index(trigger)
    return Record.model_validate(
        {
            "article": {"id": id, "text": text, "published": published, "outlet": outlet, "url": url, "title": text[:30]},
            "entities": [
                {"id": "a1", "ref": "gov:NOR", "name": "Norway", "country": "NOR", "sector": "GOV"},
                {"id": "a2", "ref": "gov:VNM", "name": "Vietnam", "country": "VNM", "sector": "GOV"},
            ],
            "events": [
                {
                    "id": "e1",
                    "type": "CONSULT",
                    "mode": "visit",
                    "factuality": "happened",
                    "trigger": {"start": at, "end": at + len(trigger), "text": trigger},
                    "actors": [{"start": 0, "end": 16, "text": "Norway", "entity": "a1"}],
                    "recipients": [{"start": 0, "end": 7, "text": "Vietnam", "entity": "a2"}],
                    "when": {"date": "2023-10-16"},
                    **event,
                }
            ],
            "statements": [
                {
                    "id": "s1",
                    "speaker": {"start": 0, "end": 6, "text": "the ministry in Oslo", "entity": "a1"},
                    "content": [{"start": 0, "end": 10, "text": "fishing rights for three hours"}],
                    "about": ["a2"],
                }
            ],
        }
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger of a test stands."""
    return tmp_path / "news.ledger"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """An empty ledger to write to."""
    with Ledger.open_to_write(path) as opened:
        yield opened


@pytest.fixture
def record() -> Callable[..., Record]:
    """Makes records of one event, see `record_of`."""
    return record_of
