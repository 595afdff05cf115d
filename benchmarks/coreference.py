"""Pronouns of the gold resolved to the right country and sector.

coreference.py GOLD_DIR [--ids FILE] [--errors N]

The same as entities.py, for the pronouns alone.
"""

import sys

from entities import main

if __name__ == "__main__":
    sys.argv += ["--only", "pronouns"]
    main()
