#!/usr/bin/env python
"""Django's door for commands; brings the embedded servers along where nobody else runs them."""

import os
import sys

from portal.embedded.command import servers_for
from portal.embedded.processes import StartError


def main() -> None:
    """Run the command in our arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        with servers_for(sys.argv):
            from django.core.management import execute_from_command_line  # noqa: PLC0415  reads settings

            execute_from_command_line(sys.argv)
    except StartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
