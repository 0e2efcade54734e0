#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL they start or join the local database of this checkout."""

import os
import sys

from portal.database import ensure_database_url


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    ensure_database_url()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
