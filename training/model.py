"""The network: one small BERT encoder and the heads that read its words."""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from training.labels import (
    ATTRIBUTION_ROLES,
    CONTEXTS,
    EVENT_ROLES,
    FACTUALITIES,
    LINKS,
    MODES,
    SECTORS,
    STATEMENT_ROLES,
    TYPES,
)

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
PAIR = 192
DISTANCE_BUCKETS = 24
SENTENCE_BUCKETS = 9
RARE = -4.0
"""Bias that outputs start from where most words are negative."""


def distance_bucket(words: Tensor) -> Tensor:
    """Signed distance in words as 0 to 23: exact to 3, then in steps of a factor 1.8."""
    size = words.abs()
    coarse = 3 + (torch.log(size.clamp(min=3).float() / 3) / math.log(1.8)).floor().long()
    bucket = torch.where(size <= 3, size, coarse + 1).clamp(max=11)
    return torch.where(words < 0, bucket + 12, bucket)


def sentence_bucket(sentences: Tensor) -> Tensor:
    """Signed distance in sentences as 0 to 8, cut at four."""
    return sentences.clamp(-4, 4) + 4


class Layer(nn.Module):
    """A BERT layer (post-norm), with the weights' names of the published model."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, FEED_FORWARD), nn.Linear(FEED_FORWARD, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, _ = x.shape
        split = lambda t: t.view(b, n, HEADS, HIDDEN // HEADS).transpose(1, 2)  # noqa: E731
        attended = F.scaled_dot_product_attention(split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask)
        attended = self.output(attended.transpose(1, 2).reshape(b, n, HIDDEN))
        x = self.attention_norm(x + attended)
        return self.norm(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Encoder(nn.Module):
    """MiniLM-L6: word pieces to vectors; its word embeddings stay as they came."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.words.weight.requires_grad_(False)
        self.dropout = dropout

    def forward(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """[windows, pieces] ids to [windows, pieces, 384]; `mask` is true where a piece stands."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(at) + self.kind)
        x = F.dropout(x, self.dropout, self.training)
        attend = mask[:, None, None, :] if mask is not None else None
        for layer in self.layers:
            x = layer(x, attend)
        return x

    def load_published(self, path: Path) -> None:
        """Take the weights of the published sentence encoder."""
        found = load_file(str(path))
        self.words.weight.data.copy_(found["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(found["embeddings.position_embeddings.weight"])
        self.kind.data.copy_(found["embeddings.token_type_embeddings.weight"][0])
        self._take(self.norm, found, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for part, name in (
                (layer.query, "attention.self.query"),
                (layer.key, "attention.self.key"),
                (layer.value, "attention.self.value"),
                (layer.output, "attention.output.dense"),
                (layer.attention_norm, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.norm, "output.LayerNorm"),
            ):
                self._take(part, found, at + name)

    @staticmethod
    def _take(part: nn.Module, found: dict[str, Tensor], name: str) -> None:
        part.weight.data.copy_(found[name + ".weight"])
        part.bias.data.copy_(found[name + ".bias"])


def perceptron(outputs: int, hidden: int = 256, dropout: float = 0.1, inputs: int = HIDDEN) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs))


class PairHead(nn.Module):
    """Scores every word of a window for each role towards an anchor: [anchors, words, roles, 2], inside and begin."""

    def __init__(self, roles: int, types: int = 0) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(HIDDEN, PAIR), nn.Linear(HIDDEN, PAIR, bias=False)
        self.anchor_gate, self.word_gate = nn.Linear(HIDDEN, PAIR), nn.Linear(HIDDEN, PAIR)
        self.event_type = nn.Embedding(types, PAIR) if types else None
        self.distance = nn.Embedding(DISTANCE_BUCKETS, PAIR)
        self.sentences = nn.Embedding(SENTENCE_BUCKETS, PAIR)
        self.out = nn.Linear(2 * PAIR, roles * 2)
        nn.init.constant_(self.out.bias, RARE)
        for table in (self.distance, self.sentences, self.event_type):
            if table is not None:
                nn.init.normal_(table.weight, std=0.1)

    def forward(self, anchors: Tensor, words: Tensor, distance: Tensor, sentences: Tensor, types: Tensor | None) -> Tensor:
        """Anchors [a, 384] of one window, its words [w, 384], buckets [a, w], types [a]."""
        at = self.anchor(anchors)
        if self.event_type is not None:
            assert types is not None
            at = at + self.event_type(types)
        near = at[:, None] + self.word(words) + self.distance(distance) + self.sentences(sentences)
        both = self.anchor_gate(anchors)[:, None] * self.word_gate(words)
        scores = self.out(torch.cat((F.gelu(near), both), -1))
        return scores.view(*scores.shape[:2], -1, 2)


class LinkHead(nn.Module):
    """Scores pairs of events for being one act told twice, and for one disputing the other: [pairs, 2]."""

    def __init__(self) -> None:
        super().__init__()
        self.later, self.earlier = nn.Linear(HIDDEN, PAIR), nn.Linear(HIDDEN, PAIR)
        self.same_type = nn.Embedding(2, PAIR)
        self.distance = nn.Embedding(DISTANCE_BUCKETS, PAIR)
        self.out = perceptron(len(LINKS), 128, inputs=3 * PAIR)
        for table in (self.distance, self.same_type):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, later: Tensor, earlier: Tensor, same_type: Tensor, distance: Tensor) -> Tensor:
        a, b = self.later(later), self.earlier(earlier)
        return self.out(
            torch.cat((F.gelu(a + b + self.same_type(same_type) + self.distance(distance)), a * b, (a - b).abs()), -1)
        )


@dataclass(frozen=True)
class WordScores:
    """Scores of the heads that look at words alone, [words, …]; `political` is one score a window."""

    triggers: Tensor
    begins: Tensor
    places: Tensor
    political: Tensor


class Heads(nn.Module):
    """All heads; each is exported on its own."""

    def __init__(self) -> None:
        super().__init__()
        self.triggers = perceptron(1 + len(TYPES))
        self.begins = perceptron(2)
        self.places = perceptron(3, 128)
        self.political = perceptron(1, 128)
        self.factuality = perceptron(len(FACTUALITIES))
        self.modes = perceptron(len(MODES))
        self.contexts = perceptron(len(CONTEXTS))
        self.sectors = perceptron(len(SECTORS), 128)
        self.event_roles = PairHead(len(EVENT_ROLES), len(TYPES))
        self.statement_roles = PairHead(len(STATEMENT_ROLES))
        self.attribution_roles = PairHead(len(ATTRIBUTION_ROLES))
        self.links = LinkHead()
        for head, rare in ((self.triggers, slice(1, None)), (self.begins, slice(None)), (self.places, slice(1, None))):
            nn.init.constant_(head[-1].bias[rare], RARE)

    def of_words(self, words: Tensor) -> WordScores:
        """`words` is [words, 384] of one window."""
        return WordScores(
            self.triggers(words), self.begins(words), self.places(words), self.political(words.mean(0, keepdim=True))
        )


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = Heads()
