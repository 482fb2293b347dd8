"""The command line ``skm``: it parses, calls what the web calls too, and prints.

Each command lives in a module of its own that is imported when it runs, and imports what is
heavy inside its function: ``skm --help`` loads neither flask, numpy, sqlite_utils nor
matplotlib.
"""

from __future__ import annotations

import sys

from skm.cli.command import Group, run

_COMMANDS = {
    "demo": "skm.cli.demo:demo",
    "init": "skm.cli.office:init",
    "serve": "skm.cli.office:serve",
    "forms": "skm.cli.office:forms",
    "tablet": "skm.cli.office:tablet",
    "user": "skm.cli.users:user",
    "score": "skm.cli.score:score",
    "import": "skm.cli.importing:import_",
    "served": "skm.cli.records:served",
    "export": "skm.cli.records:export",
    "compare": "skm.cli.score:compare",
    "trend": "skm.cli.score:trend",
    "poster": "skm.cli.publishing:poster",
    "report": "skm.cli.publishing:report",
    "close": "skm.cli.closing:close",
    "purge": "skm.cli.closing:purge",
    "questionnaire": "skm.cli.questionnaire:questionnaire",
    "backup": "skm.cli.keeping:backup",
    "restore": "skm.cli.keeping:restore",
    "verify": "skm.cli.keeping:verify",
    "doctor": "skm.cli.doctor:doctor",
}

skm = Group(
    "skm",
    _COMMANDS,
    help="Survei Kepuasan Masyarakat: dari loket sampai indeks dan laporannya.",
)


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(skm))
