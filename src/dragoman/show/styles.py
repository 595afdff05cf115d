"""The styles of `styles.toml`."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from dragoman.record import EventType


class Styles(BaseModel):
    """Style names of the library rich, by what they show; `quad_class` lists the event types of each class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quad_class: dict[str, tuple[EventType, ...]]
    style: dict[str, str]

    def of(self, name: str) -> str:
        """The style of a factuality, or of a part of the page."""
        return self.style[name]

    def of_type(self, event_type: EventType) -> str:
        """The style of a type of event: that of its quad class."""
        return next(self.style[quad] for quad, types in self.quad_class.items() if event_type in types)


@cache
def styles() -> Styles:
    """The styles, read once."""
    table = resources.files("dragoman.show").joinpath("styles.toml").read_text(encoding="utf-8")
    return Styles.model_validate(tomllib.loads(table))
