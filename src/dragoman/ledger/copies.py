"""Near-copies of a text, found by MinHash (Broder 1997) with banding: cut, re-headlined, reordered, with paragraphs put in.

Two texts are copies when most of the shorter one's runs of words stand in the other one too. Which outlet a text is from
stands in it: "LONDON (Reuters) - ...".
"""

import re
import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

RUN = 4
"""Words in a run; stories that merely share names and quotes have few runs of four in common."""

BANDS, ROWS = 64, 3
"""Bands of a signature and rows of a band: texts alike in two fifths of their runs share a band 98.5 times in 100."""

SHARED = 0.5
"""From this share of the shorter text's runs on, two texts are copies of one."""

FEWEST = 20
"""Texts with fewer runs are copies only when they are the same."""

_SEED = 20231019
_WORD = re.compile(r"\w+")
_HEAD = 600
_CREDIT = re.compile(r"\(([^()\n]{2,40})\)\s*[-–—:]|[-–—:]\s*\(([^()\n]{2,40})\)|\(([A-Z][^()\n]{1,39})\)")

Hashes = NDArray[np.uint32]


@dataclass(frozen=True)
class Signature:
    """The least hashes of a text's runs of words, under `BANDS * ROWS` permutations, and the number of its runs."""

    runs: int
    least: Hashes

    def to_bytes(self) -> bytes:
        """As stored: the number of runs, then the hashes, little-endian."""
        return np.concatenate(([self.runs], self.least)).astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Signature":
        """The signature that `to_bytes` wrote."""
        numbers = np.frombuffer(stored, "<u4")
        return cls(int(numbers[0]), numbers[1:].astype(np.uint32))

    def bands(self) -> tuple[int, ...]:
        """One number a band, its place in the last byte; near-copies have at least one in common."""
        return tuple(zlib.crc32(row.tobytes()) << 8 | at for at, row in enumerate(self.least.reshape(BANDS, ROWS)))

    def shares(self, other: "Signature") -> float:
        """Estimated share of the shorter text's runs that the other text has too, 0 to 1."""
        alike = float(np.mean(self.least == other.least))
        common = alike / (1 + alike) * (self.runs + other.runs)
        return min(1.0, common / min(self.runs, other.runs))


def signature(text: str) -> Signature | None:
    """The signature of a text, None for one that is too short to have near-copies."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    if len(words) < FEWEST + RUN - 1:
        return None
    runs = np.unique(_run_hashes(np.array(words, dtype=np.uint64)))
    factors = _factors()
    least = ((runs[:, None] * factors[0] + factors[1]) >> np.uint64(32)).min(axis=0)
    return Signature(len(runs), least.astype(np.uint32))


def are_copies(one: Signature, other: Signature) -> bool:
    """Whether two texts are near-copies."""
    return one.shares(other) >= SHARED


def credits(text: str) -> tuple[str, ...]:
    """Names in brackets at the head of a text, where an agency is credited, in text order."""
    return tuple(next(filter(None, found.groups())).strip() for found in _CREDIT.finditer(text[:_HEAD]))


def _run_hashes(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    hashes = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[at : len(words) - RUN + 1 + at]
    mixed: NDArray[np.uint64] = hashes ^ (hashes >> np.uint64(29))
    return mixed


@cache
def _factors() -> NDArray[np.uint64]:
    """Odd factors and summands of multiply-shift hashing (Dietzfelbinger et al. 1997)."""
    numbers = np.random.Generator(np.random.PCG64(_SEED)).integers(0, 1 << 63, (2, BANDS * ROWS), dtype=np.uint64)
    numbers[0] = numbers[0] * np.uint64(2) + np.uint64(1)
    return numbers
