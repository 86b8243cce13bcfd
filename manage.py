#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
sys.path[:0] = [p for p in (str(BASE_DIR), str(BASE_DIR / "site")) if p not in sys.path]

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
