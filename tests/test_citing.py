"""A provision is cited in every style and language with its title, day of adoption, publisher, place and day read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date

import pytest

from corpus import Folders, load_catalogue
from qa.errors import BadReference
from qa.reading.article import read_article
from qa.reading.citing import STYLES, Cited, Style, cite, known_style, named_by
from qa.setup.installation import ensure_texts

READ = date(2026, 11, 9)
NOW = load_catalogue().document("kz-constitution-2026")
PROVISION = Cited(NOW, "art_18__para_2", edition="2026-07-01")


@pytest.mark.parametrize(
    ("style", "language", "citation"),
    [
        (
            "legal",
            "en",
            "Art. 18(2), Constitution of the Republic of Kazakhstan (2026) (edition of 1 July 2026). "
            "https://adilet.zan.kz/eng/docs/K2600000000",
        ),
        (
            "legal",
            "kk",
            "18-бап 2-тармақ, Қазақстан Республикасының Конституциясы (2026) (2026 жылғы 1 шілде редакциясы). "
            "https://adilet.zan.kz/kaz/docs/K2600000000",
        ),
        (
            "gost",
            "en",
            "Constitution of the Republic of Kazakhstan of 15 March 2026 (as of 1 July 2026). Art. 18(2) // "
            "Adilet, legal information system of the Republic of Kazakhstan. "
            "URL: https://adilet.zan.kz/eng/docs/K2600000000 (accessed: 09.11.2026).",
        ),
        (
            "gost",
            "ru",
            "Конституция Республики Казахстан от 15 марта 2026 года (ред. от 1 июля 2026 года). Ст. 18 п. 2 // "
            "Әділет : информационно-правовая система Республики Казахстан. "
            "URL: https://adilet.zan.kz/rus/docs/K2600000000 (дата обращения: 09.11.2026).",
        ),
        (
            "gost",
            "kk",
            "Қазақстан Республикасының Конституциясы : 2026 жылғы 15 наурыз (2026 жылғы 1 шілде редакциясы). "
            "18-бап 2-тармақ // «Әділет» ақпараттық-құқықтық жүйесі. "
            "URL: https://adilet.zan.kz/kaz/docs/K2600000000 (қаралған күні: 09.11.2026).",
        ),
        (
            "apa",
            "en",
            "Constitution of the Republic of Kazakhstan, Art. 18(2). (2026, March 15). "
            "Adilet, legal information system of the Republic of Kazakhstan. "
            "Retrieved November 9, 2026, from https://adilet.zan.kz/eng/docs/K2600000000",
        ),
        (
            "apa",
            "ru",
            "Конституция Республики Казахстан, ст. 18 п. 2. (2026, 15 марта). "
            "Әділет : информационно-правовая система Республики Казахстан. "
            "Получено 9 ноября 2026 г., https://adilet.zan.kz/rus/docs/K2600000000",
        ),
        (
            "apa",
            "kk",
            "Қазақстан Республикасының Конституциясы, 18-бап 2-тармақ. (2026, 15 наурыз). "
            "«Әділет» ақпараттық-құқықтық жүйесі. "
            "Қаралған күні: 2026 ж. 9 қараша, https://adilet.zan.kz/kaz/docs/K2600000000",
        ),
        ("address", "ru", "kz-constitution-2026#art_18__para_2"),
    ],
)
def test_a_citation_reads_so(style: Style, language: str, citation: str) -> None:
    assert cite(PROVISION, style, language, READ) == citation


@pytest.mark.parametrize(
    ("language", "label", "tongue"),
    [("en", "Art. 18(2)", "english"), ("ru", "ст. 18 п. 2", "russian"), ("kk", "18-бап 2-тармақ", "kazakh")],
)
def test_a_bibtex_entry_has_its_fields(language: str, label: str, tongue: str) -> None:
    entry = cite(PROVISION, "bibtex", language, READ)
    fields = dict(re.findall(r"^  (\w+) = (.+),$", entry, re.MULTILINE))
    assert entry.startswith("@misc{kz-constitution-2026:art_18__para_2,\n")
    assert entry.endswith("\n}")
    assert entry.count("{") == entry.count("}")
    assert fields["title"].startswith("{{")
    assert "(2026)" not in fields["title"]
    assert (fields["year"], fields["month"], fields["day"]) == ("{2026}", "mar", "{15}")
    assert (fields["urldate"], fields["language"]) == ("{2026-11-09}", f"{{{tongue}}}")
    assert label in fields["note"]


def test_a_text_as_it_was_adopted_names_no_edition() -> None:
    declaration = load_catalogue().document("udhr")
    citation = cite(Cited(declaration, "art_9", edition="1948-12-10"), "gost", "ru", READ)
    assert citation.startswith("Всеобщая декларация прав человека от 10 декабря 1948 года. Ст. 9 // Управление")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_document_can_be_cited(style: Style, language: str) -> None:
    for document in load_catalogue().documents:
        assert "{" not in (citation := cite(Cited(document, "art_1"), style, language, READ)) or style == "bibtex"
        assert style == "address" or document.pages[language] in citation


def test_the_identifier_stands_above_the_page_that_shows_it() -> None:
    shown = cite(PROVISION, "address", "ru", READ, page="?doc=kz-constitution-2026&art=18&lang=ru")
    assert shown == "kz-constitution-2026#art_18__para_2\n?doc=kz-constitution-2026&art=18&lang=ru"


def test_an_unknown_style_is_told_with_those_there_are() -> None:
    with pytest.raises(BadReference, match="legal, gost, apa, bibtex, address"):
        known_style("mla")


@pytest.mark.parametrize(
    ("reference", "document", "eid"),
    [
        ("18(2)", None, "art_18__para_2"),
        ("18", None, "art_18"),
        ("ст. 46 п. 17", None, "art_46__point_17"),
        ("1", None, "art_1"),
        ("80", "kz-constitution-1995", "art_80"),
    ],
)
def test_what_a_reference_names_is_cited(
    installed_folders: Folders, reference: str, document: str | None, eid: str
) -> None:
    text = read_article(ensure_texts(installed_folders), reference, document=document, language="ru")
    assert named_by(text).eid == eid
    assert named_by(text).edition


def test_the_command_prints_a_citation(installed_folders: Folders) -> None:
    command = [sys.executable, "-m", "qa.commands.main", "cite", "18(2)", "--style", "gost", "--lang", "ru"]
    home = {"ATAZAN_CACHE_DIR": str(installed_folders.cache), "ATAZAN_DATA_DIR": str(installed_folders.data)}
    done = subprocess.run(command, env={**os.environ, **home}, capture_output=True, text=True, check=True)
    assert "Ст. 18 п. 2 // Әділет" in done.stdout
    assert "(дата обращения: " in done.stdout
