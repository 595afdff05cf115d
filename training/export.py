"""From the trained network to the files that the package reads."""

import argparse
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import nn

from dragoman.mark.windows import WordPieces, windows
from dragoman.samples import sample_articles
from training.graph import INT64, Graph
from training.labels import (
    ATTRIBUTION_ROLES,
    CONTEXTS,
    EVENT_ROLES,
    FACTUALITIES,
    LINKS,
    MODES,
    STATEMENT_ROLES,
    TYPES,
)
from training.model import HIDDEN, Encoder, Network, PairHead


def export(network: Network, tokenizer: Path, folder: Path) -> None:
    """Write the encoder with its word heads, each head for anchors, the labels and the tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    heads = network.heads
    _words(network, WordPieces(tokenizer)).save(folder / "words.onnx")
    _events(network).save(folder / "events.onnx")
    _roles(heads.statement_roles, len(STATEMENT_ROLES)).save(folder / "statements.onnx")
    _roles(heads.attribution_roles, len(ATTRIBUTION_ROLES)).save(folder / "attributions.onnx")
    links = Graph()
    links.output("links", links.link_scores(heads.links), ["pairs", len(LINKS)])
    links.save(folder / "links.onnx")
    labels = {
        "types": TYPES, "factualities": FACTUALITIES, "modes": MODES, "contexts": CONTEXTS, 
        "event_roles": EVENT_ROLES, "statement_roles": STATEMENT_ROLES, "attribution_roles": ATTRIBUTION_ROLES, "links": LINKS,
    }  # fmt: skip
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


def reaches(encoder: Encoder, pieces: WordPieces, texts: Iterable[str]) -> dict[nn.Module, np.ndarray]:
    """The largest size of each input of the encoder's linear layers, over some texts."""
    found: dict[nn.Module, np.ndarray] = {}

    def note(layer: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        size = inputs[0].abs().amax((0, 1)).numpy()
        found[layer] = np.maximum(found.get(layer, size), size)

    hooks = [m.register_forward_pre_hook(note) for m in encoder.modules() if isinstance(m, nn.Linear)]
    with torch.no_grad():
        for text in texts:
            tokenized = pieces.tokenize(text)
            for window in windows(tokenized):
                encoder(torch.from_numpy(pieces.piece_ids(tokenized, window))[None])
    for hook in hooks:
        hook.remove()
    return found


def sample_texts() -> list[str]:
    """The bundled sample articles, which stand for news in general here."""
    with sample_articles().open(encoding="utf8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _words(network: Network, pieces: WordPieces) -> Graph:
    """The encoder, gathered at the first piece of each word, and the heads that look at words alone."""
    g, heads = Graph(), network.heads
    reach = reaches(network.encoder, pieces, sample_texts())
    ids = g.input("pieces", INT64, [1, "pieces"])
    first = g.input("first_piece", INT64, ["words"])
    hidden = g.node("Squeeze", g.encoder(network.encoder, ids, reach), g.weight(torch.tensor([0]).numpy()))
    words = g.node("Gather", hidden, first, axis=0)
    g.output("words", words, ["words", HIDDEN])
    g.output("triggers", g.node("Softmax", g.perceptron(words, heads.triggers)), ["words", 1 + len(TYPES)])
    g.output("begins", g.node("Sigmoid", g.perceptron(words, heads.begins)), ["words", 2])
    g.output("places", g.node("Softmax", g.perceptron(words, heads.places)), ["words", 3])
    mean = g.node("ReduceMean", words, g.weight(torch.tensor([0]).numpy()), keepdims=1)
    g.output("political", g.node("Sigmoid", g.perceptron(mean, heads.political)), [1, 1])
    return g


def _events(network: Network) -> Graph:
    g, heads = Graph(), network.heads
    g.pair_inputs(typed=True)
    g.output("roles", g.pair_scores(heads.event_roles, "types"), ["anchors", "words", 2 * len(EVENT_ROLES)])
    g.output("factuality", g.node("Softmax", g.perceptron("anchors", heads.factuality)), ["anchors", len(FACTUALITIES)])
    g.output("modes", g.node("Softmax", g.perceptron("anchors", heads.modes)), ["anchors", len(MODES)])
    g.output("contexts", g.node("Sigmoid", g.perceptron("anchors", heads.contexts)), ["anchors", len(CONTEXTS)])
    return g


def _roles(head: PairHead, roles: int) -> Graph:
    g = Graph()
    g.pair_inputs(typed=False)
    g.output("roles", g.pair_scores(head, None), ["anchors", "words", 2 * roles])
    return g


def load(path: Path) -> Network:
    """The trained network: a finished run's weights, or the running average of a stage's checkpoint."""
    saved = torch.load(path, weights_only=False, map_location="cpu")
    network = Network()
    network.load_state_dict(saved.get("average", saved))
    return network.eval()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("network", type=Path)
    ap.add_argument("tokenizer", type=Path)
    ap.add_argument("folder", type=Path)
    a = ap.parse_args()
    export(load(a.network), a.tokenizer, a.folder)


if __name__ == "__main__":
    main()
