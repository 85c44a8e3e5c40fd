"""`python -m soak [NAME ...]`: every soak, or those that are named, on throw-away servers; 1 where one failed."""

import importlib
import os
import sys

import django

from tracker.embedded.servers import throw_away_servers

NAMES = ("feed", "schema", "edits", "webhooks")


def main(names: list[str]) -> int:
    """Run the soaks one after the other."""
    if unknown := set(names) - set(NAMES):
        print(f"There is no soak {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    with throw_away_servers() as servers:
        os.environ.update(servers.environment, SECRET_KEY="only-for-soaks", DATABASE_ROLE="", DEMO="1")
        os.environ["STATIC_HASHED"] = "0"  # nobody has collected the files
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        django.setup()
        return max([importlib.import_module(f"soak.{name}").main() for name in names or NAMES])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
