"""Which tellings stand together: candidates by blocks, then clusters by the average likelihood of their pairs."""

import heapq
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from dragoman.ledger.joining import Prepared, Weights, are_strangers, likelihood, on_other_days, prepare, weights
from dragoman.ledger.tellings import Telling
from dragoman.ledger.words import content_stems, plain_words, similarity

_SAME = 0.97
_NEVER = -1e9
_LEAST = 0.02
_RELATED = 0.06
_BEFORE, _AFTER, _SLACK, _NEAR_PUBLICATION = 90, 60, 30, 150


@cache
def _type_pairs() -> dict[str, tuple[str, ...]]:
    """For each type, the names of the pairs of types that it may stand in."""
    table = tomllib.loads(Path(__file__).with_name("type_pairs.toml").read_text("utf8"))
    pairs: dict[str, list[str]] = defaultdict(list)
    for pair in table["pairs"]:
        for kind in pair:
            pairs[kind].append("+".join(sorted(pair)))
    return {kind: tuple(sorted(names)) for kind, names in pairs.items()}


def blocks(telling: Telling) -> tuple[str, ...]:
    """Where a telling meets its candidates: by types that may tell one act, with each known country that takes part.

    Tellings of one type also meet in their article and by the first word of their trigger.
    """
    countries = sorted({p.country for p in (*telling.actors, *telling.recipients)} - {"UNK"})
    kinds = (telling.type, *_type_pairs().get(telling.type, ()))
    words = content_stems(plain_words(telling.trigger)[:1])
    return (
        *(f"{kind}:{country}" for kind in kinds for country in countries),
        *(f"{telling.type}~{word}" for word in sorted(words)),
        f"{telling.type}@{telling.article}",
    )


def in_one_time(one: Prepared, other: Prepared) -> bool:
    """Whether two tellings are near enough in days: told dates where both have them, else what is told and published."""
    if one.days and other.days:
        return one.days.gap(other.days) <= _SLACK
    if one.published is None or other.published is None:
        return True
    if abs(one.published - other.published) <= _NEAR_PUBLICATION:
        return True
    dated, undated = (one, other) if one.days else (other, one)
    if dated.days is None or undated.published is None:
        return False
    return undated.published - _BEFORE <= dated.days.last and dated.days.first <= undated.published + _AFTER


def groups(ordered: Sequence[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """Tellings by the act that they tell, each group and their row in the order given."""
    prepared = [prepare(t) for t in ordered]
    links = _links(prepared, weights())
    neighbours = _by_telling(links)
    parts = _connected(len(ordered), links)
    clusters = [c for part in parts for c in _clusters(part, _inside(part, neighbours), weights().threshold)]
    return tuple(tuple(ordered[i] for i in sorted(c)) for c in sorted(clusters, key=min))


Links = dict[tuple[int, int], float]


def _links(prepared: Sequence[Prepared], using: Weights) -> Links:
    """Likelihoods of the pairs that may tell one act, by their places in the row."""
    links = {}
    for i, j in candidates(prepared):
        likely = _likely(prepared[i], prepared[j], using)
        if likely >= _LEAST or likely == _NEVER:
            links[i, j] = likely
    return links


def _likely(one: Prepared, other: Prepared, using: Weights) -> float:
    if _said_the_same(one.telling, other.telling):
        return _SAME
    return _NEVER if on_other_days(one, other) else likelihood(one, other, using)


def _said_the_same(one: Telling, other: Telling) -> bool:
    """Whether the record itself links two tellings of one article."""
    if one.article != other.article:
        return False
    return one.same_as == other.event or other.same_as == one.event or (one.same_as is not None and one.same_as == other.same_as)


def candidates(prepared: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, by their places in the row, each once: of one block, and near in days and story."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(prepared):
        for block in blocks(one.telling):
            places[block].append(i)
    stories = Stories()
    seen: set[tuple[int, int]] = set()
    for block in sorted(places):
        for i, j in combinations(places[block], 2):
            if (i, j) in seen:
                continue
            seen.add((i, j))
            one, other = prepared[i], prepared[j]
            same_article = one.telling.article == other.telling.article
            if are_strangers(one, other):
                continue
            if same_article or (in_one_time(one, other) and stories.alike(one.telling, other.telling)):
                yield i, j


class Stories:
    """Which articles tell of the same things; remembered by pairs of articles."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def alike(self, one: Telling, other: Telling) -> bool:
        """Whether two tellings stand in one article or in articles of one story; unknown stories count as alike."""
        if one.article == other.article or not one.story or not other.story:
            return True
        key = (min(one.article, other.article), max(one.article, other.article))
        if key not in self._known:
            self._known[key] = similarity(one.story, other.story) >= _RELATED
        return self._known[key]


def _connected(size: int, links: Links) -> list[list[int]]:
    """Sets of tellings that links connect."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (i, j), likely in links.items():
        if likely == _NEVER:
            continue
        a, b = root(i), root(j)
        parent[max(a, b)] = min(a, b)
    parts: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        parts[root(i)].append(i)
    return list(parts.values())


def _by_telling(links: Links) -> dict[int, dict[int, float]]:
    """For each telling the later ones that it is linked to."""
    later: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), likely in links.items():
        later[i][j] = likely
    return later


def _inside(part: Sequence[int], neighbours: dict[int, dict[int, float]]) -> Links:
    """The links between tellings of one connected set."""
    members = set(part)
    return {(i, j): likely for i in part for j, likely in neighbours.get(i, {}).items() if j in members}


def _clusters(part: Sequence[int], links: Links, threshold: float) -> Iterable[list[int]]:
    """Average-linkage clusters: the two with the highest mean likelihood of all their pairs join while it reaches `threshold`.

    Pairs without a link count as 0, and two that took place on other days never meet. Ties go to the earlier tellings, so that
    the outcome hangs on no order.
    """
    members = {i: [i] for i in part}
    sums: dict[int, dict[int, float]] = {i: {} for i in part}
    for (i, j), likely in links.items():
        sums[i][j] = sums[j][i] = likely
    heap = [(-likely, i, j, 1, 1) for i in part for j, likely in sums[i].items() if i < j and likely >= threshold]
    heapq.heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if i not in members or j not in members or (len(members[i]), len(members[j])) != (size_i, size_j):
            continue
        members[i] += members.pop(j)
        _merge_sums(sums, i, j)
        for k, total in sums[i].items():
            mean = total / (len(members[i]) * len(members[k]))
            if mean >= threshold:
                a, b = min(i, k), max(i, k)
                heapq.heappush(heap, (-mean, a, b, len(members[a]), len(members[b])))
    return members.values()


def _merge_sums(sums: dict[int, dict[int, float]], kept: int, gone: int) -> None:
    for k, total in sums.pop(gone).items():
        del sums[k][gone]
        if k != kept:
            sums[kept][k] = sums[k][kept] = sums[kept].get(k, 0.0) + total
