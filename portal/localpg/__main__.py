"""`python -m portal.localpg remove`: what `make clean` runs. Needs none of the project's packages."""

import sys

from portal.localpg import LocalPgError, remove

if sys.argv[1:] != ["remove"]:
    sys.exit("Usage: python -m portal.localpg remove")
try:
    remove()
except LocalPgError as error:
    sys.exit(f"Local PostgreSQL: {error}")
