"""Write ``docs/crosscite.1``, the manual page, from the parser of the command line.

    python -m scripts.write_man_page

The wheel installs it under ``share/man``. ``tests/test_docs.py`` fails when a command or option is missing.
"""

from __future__ import annotations

import os
from pathlib import Path

from argparse_manpage.manpage import Manpage

from generator import __version__
from generator.cli import make_parser

FILE = Path(__file__).resolve().parents[1] / "docs" / "crosscite.1"

_NAME = "turn a folder of news articles into a site on which every sentence is cited"
_MORE = r"""
.SH EXIT STATUS
0 done; 1 something that the user can mend is wrong, and it was printed; 2 the command was not written correctly.

.SH FILES
.TP
.I content/
the articles
.TP
.I crosscite.toml
settings, beside it; all are optional
.TP
.I stories.toml
the editor's word on stories
.TP
.I templates/
templates and styles of one's own
.TP
.I site/
what is built

.SH ENVIRONMENT
.TP
.B CROSSCITE_CACHE
folder in which earlier work is remembered, instead of the user's cache folder
.TP
.B NO_COLOR
when set, no colours are used on terminals
.TP
.B DASK_SCHEDULER_ADDRESS\fR, \fBRAY_ADDRESS
clusters that \-\-engine dask and \-\-engine ray use
"""


def page() -> str:
    """Return the manual page, written for 80 columns."""
    os.environ["COLUMNS"] = "80"
    data = {"description": _NAME, "version": __version__, "manual_title": "Crosscite manual"}
    manual = Manpage(make_parser(), format="single-commands-section", _data=data)
    manual.date = ""  # a page that is made again on another day is the same page
    lines = (line.rstrip() for line in str(manual).splitlines())
    return "\n".join(lines) + _MORE


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
