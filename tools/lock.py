"""Writes `requirements.lock`: the exact version of everything that running and developing Dragoman installs.

    python tools/lock.py

pip resolves the dependencies and the group `dev` of pyproject.toml, and what builds the package, afresh and without
installing anything. Extras are not locked. The lock names versions alone, so that it works with whatever package index the
machine uses.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = "# Exact versions of what `make setup` installs. Written by `make lock` from pyproject.toml; not edited by hand.\n"


def resolved() -> list[str]:
    """Lines `name==version` of a clean resolution, in the order of the names."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    command += ["--group", "dev", "pip>=25.3", "hatchling>=1.27", "editables", "--editable", "."]
    report = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    packages = [item["metadata"] for item in report["install"] if item["metadata"]["name"] != "dragoman"]
    packages.sort(key=lambda package: package["name"].lower())
    return [f"{package['name']}=={package['version']}" for package in packages]


if __name__ == "__main__":
    (ROOT / "requirements.lock").write_text(HEADER + "\n".join(resolved()) + "\n", encoding="utf-8")
