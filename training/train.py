"""Training: mixed batches over all corpora, one loss a layer, masked where a corpus lacks it."""

import dataclasses
import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from dragoman.mark.windows import WordPieces
from training.data import (
    IGNORE,
    Anchor,
    Document,
    Example,
    attribution_documents,
    examples,
    gold_documents,
    listed,
    marked_documents,
    place_documents,
)
from training.labels import CONTEXTS
from training.model import Network, PairHead, distance_bucket, sentence_bucket

log = logging.getLogger("training")

LOSS_WEIGHTS = {
    "triggers": 1.0, "begins": 1.0, "attribution_begins": 1.0, "places": 0.5, "political": 0.2, "factuality": 0.5, "modes": 0.3,
    "contexts": 0.3, "sectors": 0.3, "events": 1.0, "statements": 1.0, "attributions": 1.0, "links": 0.5,
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Stage:
    """One pass of training: how often each corpus is read, and the learning rate at its start."""

    name: str
    shares: dict[str, float]
    rate: float
    head_rate: float
    pieces_a_step: int = 1800
    final_share: float = 0.02


def span_mean(words: Tensor, start: int, end: int) -> Tensor:
    return words[start:end].mean(0)


def role_targets(anchors: Sequence[Anchor], words: int) -> Tensor:
    target = torch.zeros(len(anchors), words, len(anchors[0].roles), 2)
    for a, anchor in enumerate(anchors):
        for r, runs in enumerate(anchor.roles):
            for start, end in runs:
                target[a, start:end, r, 0] = 1
                target[a, start, r, 1] = 1
    return target


def role_loss(head: PairHead, anchors: Sequence[Anchor], words: Tensor, sentence: Tensor) -> Tensor:
    """Cross-entropy summed over words and roles, a mean over the anchors of one window."""
    at = torch.stack([span_mean(words, a.start, a.end) for a in anchors])
    starts = torch.tensor([a.start for a in anchors])
    position = torch.arange(len(words))
    scores = head(
        at,
        words,
        distance_bucket(position[None] - starts[:, None]),
        sentence_bucket(sentence[None] - sentence[starts][:, None]),
        torch.tensor([a.type for a in anchors]),
    )
    return F.binary_cross_entropy_with_logits(scores, role_targets(anchors, len(words)), reduction="sum")


class Losses:
    """Sums of losses by layer with the counts that turn them into means over a batch."""

    def __init__(self) -> None:
        self.sums: dict[str, Tensor] = {}
        self.counts: dict[str, float] = {}

    def add(self, layer: str, loss: Tensor, count: float) -> None:
        self.sums[layer] = self.sums.get(layer, torch.zeros(())) + loss
        self.counts[layer] = self.counts.get(layer, 0.0) + count

    def total(self) -> Tensor:
        return sum((LOSS_WEIGHTS[k] * s / self.counts[k] for k, s in self.sums.items()), torch.zeros(()))


def add_losses(losses: Losses, network: Network, example: Example, words: Tensor, rng: random.Random) -> None:
    heads = network.heads
    sentence = torch.from_numpy(example.sentence)
    if example.triggers is not None:
        target = torch.from_numpy(example.triggers)
        losses.add("triggers", F.cross_entropy(heads.triggers(words), target, reduction="sum"), 2 + len(example.events))
    begins = heads.begins(words)
    for layer, column, target in (("begins", 0, example.statement_begins), ("attribution_begins", 1, example.attribution_begins)):
        if target is not None:
            wanted = torch.from_numpy(target).float()
            loss = F.binary_cross_entropy_with_logits(begins[:, column], wanted, reduction="sum")
            losses.add(layer, loss, 1 + float(wanted.sum()))
    if example.places is not None:
        target = torch.from_numpy(example.places)
        losses.add("places", F.cross_entropy(heads.places(words), target, reduction="sum"), 2 + float((target == 1).sum()))
    if example.political != IGNORE:
        score = heads.political(words.mean(0, keepdim=True))[:, 0]
        losses.add("political", F.binary_cross_entropy_with_logits(score, torch.tensor([float(example.political)])), 1)
    for layer, head in (
        ("events", heads.event_roles),
        ("statements", heads.statement_roles),
        ("attributions", heads.attribution_roles),
    ):
        anchors = getattr(example, layer)
        if anchors:
            losses.add(layer, role_loss(head, anchors, words, sentence), 3 * len(anchors))
    if example.events:
        add_event_losses(losses, network, example, words, rng)
    if example.sectors:
        at = torch.stack([span_mean(words, s, e) for s, e, _ in example.sectors])
        target = torch.tensor([sector for _, _, sector in example.sectors])
        losses.add("sectors", F.cross_entropy(heads.sectors(at), target, reduction="sum"), len(target))


def add_event_losses(losses: Losses, network: Network, example: Example, words: Tensor, rng: random.Random) -> None:
    heads, events = network.heads, example.events
    at = torch.stack([span_mean(words, e.start, e.end) for e in events])
    factuality = torch.tensor([e.factuality for e in events])
    losses.add("factuality", F.cross_entropy(heads.factuality(at), factuality, reduction="sum"), len(events))
    modes = torch.tensor([e.mode for e in events])
    if (modes != IGNORE).any():
        losses.add(
            "modes", F.cross_entropy(heads.modes(at), modes, ignore_index=IGNORE, reduction="sum"), float((modes != IGNORE).sum())
        )
    contexts = torch.zeros(len(events), len(CONTEXTS))
    for i, e in enumerate(events):
        contexts[i, list(e.contexts)] = 1
    losses.add("contexts", F.binary_cross_entropy_with_logits(heads.contexts(at), contexts, reduction="sum"), len(events))
    if len(events) > 1 and example.source != "sentence":
        told = {(a, b): kind for a, b, kind in example.links}
        pairs = [(a, b) for a in range(len(events)) for b in range(len(events)) if a != b]
        pairs = [p for p in pairs if p in told or (p[0] > p[1] and rng.random() < 0.5)]
        if pairs:
            target = torch.zeros(len(pairs), 2)
            for i, p in enumerate(pairs):
                if p in told:
                    target[i, told[p]] = 1
            later, earlier = torch.tensor(pairs).T
            kinds = torch.tensor([e.type for e in events])
            starts = torch.tensor([e.start for e in events])
            scores = heads.links(
                at[later], at[earlier], (kinds[later] == kinds[earlier]).long(), distance_bucket(starts[earlier] - starts[later])
            )
            losses.add(
                "links", F.binary_cross_entropy_with_logits(scores, target, reduction="sum"), 1 + len(told) + 0.02 * len(pairs)
            )


def batch_loss(network: Network, batch: Sequence[Example], rng: random.Random) -> Tensor:
    longest = max(len(e.pieces) for e in batch)
    pieces = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for i, e in enumerate(batch):
        pieces[i, : len(e.pieces)] = torch.from_numpy(e.pieces)
        mask[i, : len(e.pieces)] = True
    hidden = network.encoder(pieces, mask)
    losses = Losses()
    for i, e in enumerate(batch):
        words = F.dropout(hidden[i, torch.from_numpy(e.first_piece)], 0.1, network.training)
        add_losses(losses, network, e, words, rng)
    return losses.total()


def batches(found: list[Example], pieces_a_step: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of windows of like length, in random order."""
    found = sorted(found, key=lambda e: len(e.pieces) + rng.randint(0, 60))
    made: list[list[Example]] = [[]]
    for e in found:
        if made[-1] and (len(made[-1]) + 1) * max(len(e.pieces), len(made[-1][-1].pieces)) > pieces_a_step:
            made.append([])
        made[-1].append(e)
    rng.shuffle(made)
    yield from made


def planned(
    stage: Stage, corpora: dict[str, list[Document]], pieces: WordPieces, rng: random.Random
) -> list[list[list[Example]]]:
    """The batches of a stage, epoch by epoch. A share of 0.25 reads a quarter of a corpus in each epoch, in turn."""
    epochs = round(stage.shares["epochs"])
    order = {name: rng.sample(range(len(d)), len(d)) for name, d in corpora.items()}
    plan = []
    for epoch in range(epochs):
        found: list[Example] = []
        for name, share in stage.shares.items():
            if name == "epochs":
                continue
            n = len(corpora[name])
            first, last = round(epoch * share * n), round((epoch + 1) * share * n)
            for k in range(first, last):
                found += examples(corpora[name][order[name][k % n]], pieces, rng)
        plan.append(list(batches(found, stage.pieces_a_step, rng)))
    return plan


def run_stage(network: Network, stage: Stage, plan: list[list[list[Example]]], out: Path, rng: random.Random) -> None:
    """Train through a stage; after each epoch everything needed to go on is saved, and a restart goes on from there."""
    body = [p for n, p in network.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if n.startswith("heads")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": stage.rate}, {"params": heads, "lr": stage.head_rate}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    total = sum(len(e) for e in plan)
    scale = lambda step: min((step + 1) / 100, 1.0) * (stage.final_share + (1 - stage.final_share) * max(0.0, 1 - step / total))  # noqa: E731
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
    kept = out / f"{stage.name}.pt"
    begin = 0
    average = {k: v.clone() for k, v in network.state_dict().items()}
    if kept.exists():
        saved = torch.load(kept, weights_only=False)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        average, begin = saved["average"], saved["epoch"]
        rng.setstate(saved["rng"])
        torch.set_rng_state(saved["torch_rng"])
    started, step, seen = time.time(), sum(len(e) for e in plan[:begin]), 0
    first_step = step
    for epoch in range(begin, len(plan)):
        network.train()
        running = 0.0
        for batch in plan[epoch]:
            loss = batch_loss(network, batch, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            seen += sum(len(e.pieces) for e in batch)
            running += loss.item()
            decay = min(0.998, (step + 1) / (step + 10))
            for k, v in network.state_dict().items():
                if v.is_floating_point() and "encoder.words" not in k:
                    average[k].lerp_(v, 1 - decay)
            if step % 50 == 0:
                spent = time.time() - started
                left = (total - step) * spent / (step - first_step) / 60
                log.info(
                    "%s epoch %d/%d step %d/%d loss %.3f, %d pieces/s, %.0f min left",
                    *(stage.name, epoch + 1, len(plan), step, total, running / 50, seen / spent, left),
                )
                running = 0.0
        torch.save(
            {
                "network": network.state_dict(), "average": average, "optimizer": optimizer.state_dict(), "epoch": epoch + 1,
                "schedule": schedule.state_dict(), "rng": rng.getstate(), "torch_rng": torch.get_rng_state(),
            },
            kept.with_suffix(".tmp"),
        )  # fmt: skip
        kept.with_suffix(".tmp").replace(kept)
    network.load_state_dict(average)


def corpora(shared: Path, marks: Path, pieces: WordPieces) -> dict[str, list[Document]]:
    """All training documents by corpus, those of the dev lists left out."""
    dev = listed(shared / "gold" / "dev.txt")
    quiet = listed(shared / "gold" / "quiet.txt")
    gold = [d for d in gold_documents(shared, pieces) if d.id.split(":")[0] not in dev]
    geo = place_documents(shared / "data/geoparsing/gwn.jsonl", pieces, quiet)
    held = place_documents(shared / "data/geoparsing/gwn_dev.jsonl", pieces, quiet)
    virus = place_documents(shared / "data/geoparsing/geovirus.jsonl", pieces, frozenset())
    return {
        "gold": [d for d in gold if d.source == "gold"],
        "sentences": [d for d in gold if d.source == "sentence"],
        "marked": marked_documents(marks, shared, pieces),
        "attribution": attribution_documents(shared / "data/attribution/train.jsonl", pieces),
        "quiet": [d for d in geo if d.quiet] + [dataclasses.replace(d, places=None) for d in held if d.quiet],
        "places": [d for d in geo if not d.quiet] + virus,
    }


STAGES = (
    Stage(
        "all",
        {"epochs": 8, "attribution": 0.09, "gold": 1, "sentences": 0.85, "marked": 0.32, "quiet": 0.75, "places": 0.06},
        rate=2e-4,
        head_rate=6e-4,
    ),
)


def run(shared: Path, marks: Path, backbone: Path, out: Path, seed: int) -> None:
    """Train through all stages; `out/network.pt` holds the weights, averaged over the last steps."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    out.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    pieces = WordPieces(backbone / "tokenizer.json")
    data = corpora(shared, marks, pieces)
    log.info("documents: %s", json.dumps({k: len(v) for k, v in data.items()}))
    network = Network()
    network.encoder.load_published(backbone / "model.safetensors")
    for stage in STAGES:
        run_stage(network, stage, planned(stage, data, pieces, rng), out, rng)
    torch.save(network.state_dict(), out / "network.pt")
