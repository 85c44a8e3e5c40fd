"""`python -m bench [NAME ...]`: every benchmark, or those that are named, on throw-away servers.

`desk:WORDS` times those pages of the desk alone whose names hold the words, a regular expression; `api:1000000` goes
on to so many assignments.
"""

import importlib
import os
import sys

import django

from tracker.embedded.servers import throw_away_servers

NAMES = ("round", "delivery", "rearming", "reading", "lists", "pages", "desk", "papers", "figures", "feed", "api")


def main(names: list[str]) -> int:
    """Run the benchmarks one after the other. Nothing is flushed to disk, for the bare side and for ours alike."""
    if unknown := {name.partition(":")[0] for name in names} - set(NAMES):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    with throw_away_servers() as servers:
        os.environ.update(servers.environment, SECRET_KEY="only-for-benchmarks", DATABASE_ROLE="", DEMO="1")
        os.environ["STATIC_HASHED"] = "0"  # nobody has collected the files
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        django.setup()
        for name in names or NAMES:
            benchmark, _colon, pages = name.partition(":")
            importlib.import_module(f"bench.{benchmark}").main(**({"named": pages} if pages else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
