"""Files that break readers: each ends as a right text or as one clear sentence, soon and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_SECONDS = 60  # a hang; alone it takes a tenth of a second
_MEGABYTES = 512  # of address space, the interpreter and libraries included

# What must be read, as pieces in order, and what must not be in it; or the code of the refusal.
_READ: dict[str, tuple[list[str], list[str]]] = {
    "bomb_giant.pdf": (["GIANT JBIG2 BOMB", "1.16GB each"], []),
    "cp1251_short.txt": (["Договор аренды. Плата вносится ежемесячно."], []),
    "deep.html": (["Текст внутри глубокой вложенности."], []),
    "esc.txt": (["the lodger must feed the zebra red every day and"], ["\x1b", "\x07", "PWNED", "\u202e"]),
    "formxobject.pdf": (["The lodger pays rent every month on the fifth day."], []),
    # `aria-hidden` hides from screen readers, not from eyes.
    "hidden.html": (["100 тысяч тенге.", "aria."], ["999", "Секретный", "Невидимый", "Нулевой", "script", "tmpl"]),
    "hiddentext.pdf": (["Visible: rent is 100."], ["999", "Ignore"]),
    "junk_before.pdf": (["Hello World"], ["HTTP", "obj"]),
    "koi8r_short.txt": (["Договор аренды. Плата вносится ежемесячно."], []),
    "ol2.html": (["1. Первое правило квартиры.", "2. Второе."], []),
    "olbig.html": (["1. Первое правило.", "2. Второе."], ["99"]),
    "pages2000_ops.pdf": (["The lodger pays rent every month."], []),
    "poison_kk.txt": (["Жалға алу шарты туралы ереже.", "Тағы бір ереже: сот шешеді."], []),
    "poison_q.txt": (["aaaa"], []),
    "pua_tounicode.pdf": (["The lodger pays rent every month"], []),
    "rot90.pdf": (["The lodger pays rent every month on day five."], []),
    "twocol.pdf": (
        ["Left column line 0 says that rent is due. Left column line 1", "Right column line 0 says pets are banned."],
        ["due. Right column line"],
    ),
}
_REFUSED = {
    "email.eml": "email",
    "mht.mht": "web_archive",
    "notounicode.pdf": "pdf_letters",
    "nul_late.txt": "binary",
    "ps.ps": "postscript",
    "rec_ref.pdf": "pdf_damaged",
    "rtf.rtf": "rtf",
    "surrogate_tounicode.pdf": "letters",
}
_READER = """
import json, resource, sys
from corpus.errors import UnreadableFile
from corpus.readers import media_type_of, read
limit = int(sys.argv[1]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
data = sys.stdin.buffer.read()
try:
    answer = {"lines": [line.text for line in read(data, media_type_of(data))]}
except UnreadableFile as error:
    answer = {"code": error.code, "sentence": str(error)}
json.dump(answer, sys.stdout)
"""


def _folder() -> Path:
    mirror = os.environ.get("ATAZAN_MIRROR", "")
    beside = [Path(mirror).parent / "cases"] if mirror else []
    for folder in (*beside, _ROOT.parent / "shared" / "cases"):
        if folder.is_dir():
            return folder
    pytest.skip("there is no folder of cases beside the mirror")


@pytest.mark.parametrize("name", sorted([*_READ, *_REFUSED]))
def test_every_case_is_read_right_or_refused_in_a_sentence(name: str) -> None:
    data = (_folder() / name).read_bytes()
    begun = time.monotonic()
    command = [sys.executable, "-c", _READER, str(_MEGABYTES)]
    done = subprocess.run(command, input=data, capture_output=True, cwd=_ROOT, check=False)
    took = time.monotonic() - begun
    assert done.returncode == 0, done.stderr.decode()[-500:]
    answer = json.loads(done.stdout)
    assert took < _SECONDS
    if name in _REFUSED:
        assert answer.get("code") == _REFUSED[name]
        assert answer["sentence"].endswith(".")
        return
    text = "\n".join(answer["lines"])
    wanted, unwanted = _READ[name]
    at = -1
    for piece in wanted:
        at = text.find(piece, at + 1)
        assert at >= 0, piece
    assert [piece for piece in unwanted if piece in text] == []
    text.encode("utf-8")


def test_every_case_of_the_folder_has_its_outcome() -> None:
    assert {path.name for path in _folder().iterdir()} == {*_READ, *_REFUSED}
