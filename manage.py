#!/usr/bin/env python
"""The command line of Đôn đốc. Without DATABASE_URL it finds or starts the servers below VAR by itself."""

import os
import sys

from django.core.management import execute_from_command_line

from tracker.embedded.commands import environment_for

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    with environment_for(sys.argv[1:]) as variables:
        os.environ.update(variables)
        execute_from_command_line(sys.argv)
