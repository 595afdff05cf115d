"""The scorers that stand beside the data, loaded from where they are."""

import importlib.util
from pathlib import Path
from types import ModuleType


def load_scorer(path: Path) -> ModuleType:
    """The scorer at `path` as a module.

    Raises SystemExit with a line that says what is missing.
    """
    if not path.is_file():
        raise SystemExit(f"{path}: no such scorer; it belongs to the data's folder `eval`")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
