"""What holds the project together: dependencies, documentation, layers."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel

from dragoman import record

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = [line for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
DISTRIBUTIONS = packages_distributions()
RECORD_PARTS = [part for part in vars(record).values() if isinstance(part, type) and issubclass(part, record.Part)]
PACKAGE_FILES = sorted((ROOT / "src" / "dragoman").rglob("*.py"))


def locked() -> dict[str, str]:
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LOCK)}


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("line", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]])
def test_every_dependency_is_locked_at_a_version_that_it_allows(line):
    requirement = Requirement(line)
    assert locked()[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_lock_holds_exact_versions_and_no_addresses():
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line) for line in LOCK)


def test_running_needs_no_training_library():
    assert "torch" not in locked()


@pytest.mark.parametrize("path", PACKAGE_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_package_imports_only_what_it_declares_and_not_the_training(path):
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    for name in imported(path) - set(sys.stdlib_module_names) - {"dragoman"}:
        assert name not in ("training", "benchmarks")
        assert declared & {canonicalize_name(distribution) for distribution in DISTRIBUTIONS.get(name, [name])}, name


@pytest.mark.parametrize("part", RECORD_PARTS, ids=lambda part: part.__name__)
def test_every_field_of_a_record_is_explained(part: type[BaseModel]):
    page = (ROOT / "docs" / "reference" / "record.md").read_text(encoding="utf-8").partition("## JSON Schema")[0]
    assert [field for field in part.model_fields if f"`{field}`" not in page and f"`{field}[]`" not in page] == []


def test_every_example_of_the_documentation_runs():
    done = subprocess.run([sys.executable, ROOT / "tools" / "outputs.py", "--check"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
