"""From the trained network to the files that the package reads."""

import argparse
import json
import shutil
from pathlib import Path

import torch

from training.graph import FLOAT, INT64, Graph
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
from training.model import HIDDEN, Network, PairHead


def export(network: Network, folder: Path) -> None:
    """Write the encoder with its word heads, and each head for anchors, as ONNX."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = network.heads
    _words(network).save(folder / "words.onnx")
    _events(network).save(folder / "events.onnx")
    _roles(heads.statement_roles, len(STATEMENT_ROLES)).save(folder / "statements.onnx")
    _roles(heads.attribution_roles, len(ATTRIBUTION_ROLES)).save(folder / "attributions.onnx")
    links = Graph()
    links.output("links", links.link_scores(heads.links), ["pairs", len(LINKS)])
    links.save(folder / "links.onnx")
    sectors = Graph()
    mentions = sectors.input("mentions", FLOAT, ["mentions", HIDDEN])
    sectors.output("sectors", sectors.node("Softmax", sectors.perceptron(mentions, heads.sectors)), ["mentions", len(SECTORS)])
    sectors.save(folder / "sectors.onnx")
    labels = {
        "types": TYPES, "factualities": FACTUALITIES, "modes": MODES, "contexts": CONTEXTS, "sectors": SECTORS,
        "event_roles": EVENT_ROLES, "statement_roles": STATEMENT_ROLES, "attribution_roles": ATTRIBUTION_ROLES, "links": LINKS,
    }  # fmt: skip
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


def _words(network: Network) -> Graph:
    """The encoder, gathered at the first piece of each word, and the heads that look at words alone."""
    g, heads = Graph(), network.heads
    pieces = g.input("pieces", INT64, [1, "pieces"])
    first = g.input("first_piece", INT64, ["words"])
    hidden = g.node("Squeeze", g.encoder(network.encoder, pieces), g.weight(torch.tensor([0]).numpy()))
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
    ap = argparse.ArgumentParser(description="Write the model's files.")
    ap.add_argument("network", type=Path)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--tokenizer", type=Path)
    a = ap.parse_args()
    export(load(a.network), a.folder)
    if a.tokenizer:
        shutil.copy(a.tokenizer, a.folder / "tokenizer.json")


if __name__ == "__main__":
    main()
