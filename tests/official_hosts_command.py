"""`python -m tests.official_hosts`: the stand-ins of the official hosts for a person to walk the product against."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
from pathlib import Path

from corpus import Folders, load_catalogue
from corpus.fetching import fetch_all
from corpus.store import installed_editions
from tests.dressing import Text
from tests.official_hosts import official_hosts


def texts_of(folders: Folders) -> dict[tuple[str, str], Text]:
    """Every official edition that is installed in the folders, to be dressed."""
    stored = installed_editions(folders, load_catalogue())
    return {(e.document, e.language): Text(e.document, e.language, e.parsed().blocks) for e in stored}


def main() -> None:
    """Reads the texts of the mirror in ATAZAN_MIRROR, serves them until it is stopped, and says how to reach them."""
    parser = argparse.ArgumentParser(prog="python -m tests.official_hosts", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of the proxy; default: a free one")
    parser.add_argument("--down", action="append", default=[], metavar="HOST", help="refuses connections; repeatable")
    parser.add_argument(
        "--rogue", action="append", default=[], metavar="HOST", help="has another authority's certificate"
    )
    parser.add_argument(
        "--change",
        action="append",
        default=[],
        nargs=4,
        metavar=("DOCUMENT", "LANGUAGE", "OLD", "NEW"),
        help="replaces words of a text in all its sources",
    )
    chosen = parser.parse_args()
    mirror = os.environ.get("ATAZAN_MIRROR")
    if not mirror:
        parser.error("ATAZAN_MIRROR names no folder with the texts that the hosts are to have")
    catalogue = load_catalogue()
    unknown = {*chosen.down, *chosen.rogue} - catalogue.hosts
    if unknown:
        parser.error(f"no official host: {', '.join(sorted(unknown))}; there are {', '.join(sorted(catalogue.hosts))}")
    with tempfile.TemporaryDirectory() as folder:
        sys.stderr.write("reading the mirror's texts (half a minute) …\n")
        folders = Folders(Path(folder) / "cache", Path(folder) / "data")
        fetch_all(catalogue, folders, mirror=mirror)
        with official_hosts(catalogue, texts_of(folders), Path(folder) / "hosts", port=chosen.port) as hosts:
            hosts.down, hosts.rogue = set(chosen.down), set(chosen.rogue)
            for document, language, old, new in chosen.change:
                hosts.change(document, language, old, new)
            exports = "\n".join(f"export {name}={value}" for name, value in hosts.environment.items())
            sys.stdout.write(f"unset ATAZAN_MIRROR\n{exports}\n")
            sys.stdout.flush()
            sys.stderr.write("serving; stop with Ctrl+C\n")
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                return


if __name__ == "__main__":
    main()
