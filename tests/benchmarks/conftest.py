import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated articles and scorers, which is no part of the project."""
    if not (SHARED / "gold" / "articles").is_dir():
        pytest.skip(f"the annotated articles are not part of the project and {SHARED} is not there")
    return SHARED
