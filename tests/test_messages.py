"""The catalogue of interface texts is whole: the same keys and blanks in every language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from corpus import LANGUAGES
from corpus.catalogue import Status
from corpus.concordance import KINDS
from corpus.divergences import Weight
from corpus.errors import UnreadableFile, unreadable_sentences
from corpus.parsing.amendments import ChangeKind
from eval.asking.dataset_error import Code
from eval.asking.sample import Kind
from eval.measures import MEASURES
from eval.reports.report import Why
from index.stores.provision_store import FailureKind
from index.texts import TextKind
from page.feedback import REASONS, Verdict
from page.measuring.dataset_format import FIELDS
from page.opening.words import KEYS
from page.tabs.judging import KEPT
from qa.answer import AbstentionReason, Stage
from qa.messages import catalogue, message
from qa.prose.checks.doubt import Check
from qa.reading.citing import PUBLISHERS, STYLES
from qa.turn import ACT_KINDS, Place
from qa.understanding.asides import ABOUT_ASSISTANT
from qa.understanding.language import detect_language

# Keys that the code puts together from a value.
_PUT_TOGETHER = (
    {f"page.{code}" for code in LANGUAGES}
    | {f"answer.quote_in_{code}" for code in LANGUAGES}
    | {f"page.other_{code}" for code in LANGUAGES}
    | {f"status.{status}" for status in get_args(Status)}
    | {f"abstain.{reason}" for reason in get_args(AbstentionReason)}
    | {f"match.{kind}" for kind in get_args(TextKind)}
    | {f"example.q{n}" for n in range(1, 5)}
    | {f"page.try_{reason}" for reason in get_args(AbstentionReason)}
    | {f"page.stage_{stage}" for stage in get_args(Stage)}
    | {f"page.tab_{tab}" for tab in ("ask", "read", "topics", "compare", "documents", "evaluate", "about")}
    | {f"kind.{kind}" for kind in KINDS}
    | {f"page.export_{name}" for name in ("csv", "html")}
    | {f"doubt.{check}" for check in get_args(Check)}
    | {f"page.{verdict}" for verdict in get_args(Verdict)}
    | {f"page.{key}" for key in ("previous", "next")}
    | {f"page.feedback_{name}" for name in (*REASONS, *KEPT)}
    | {f"page.evaluate_field_{name}" for name in FIELDS}
    | {f"page.evaluate_sample_{kind}" for kind in get_args(Kind)}
    | {f"dataset.{code}" for code in (*get_args(Code), "line", "column", "field")}
    | {f"page.evaluate_why_{why}" for why in get_args(Why)}
    | {f"measure.{name.replace('@', '_')}{what}" for name in MEASURES for what in ("", "_what")}
    | {f"unreadable.{code}" for code in unreadable_sentences()}
    | {f"assistant.{kind}" for kind in ABOUT_ASSISTANT}
    | {
        f"later.{kind}"
        for kind in (
            *("amended", "inserted", "excluded", "unsettled", "overtaken", "overtaken_unsettled"),
            *("inserted_meanwhile", "not_yet", "within"),
            *("came", "went"),
        )
    }
    | {f"later.{kind}_since" for kind in ("inserted", "excluded")}
    | {f"later.was_{kind}" for kind in get_args(ChangeKind)}
    | {f"texts.{key}" for key in ("kk", "ru", *get_args(Weight))}
    | {f"cite.{key}" for key in (*STYLES, "as_gost", "as_apa", "edition")}
    | {f"cite.by_{publisher}" for publisher in PUBLISHERS.values()}
    | {f"upload.{key}" for key in ("too_big", "too_many", "unreadable", "twice")}
    | {f"page.{key}" for key in KEYS}
    | {f"page.turn_{whose}" for whose in ("you", "atazan")}
    | {f"page.where_{place}" for place in get_args(Place)}
    | {f"page.act_kind_{kind}" for kind in ACT_KINDS}
    | {f"laws.{kind}" for kind in get_args(FailureKind)}
)
_CODE = [
    *Path("qa").rglob("*.py"),
    *Path("page").rglob("*.py"),
    *Path("eval/reports").glob("*.py"),
    Path("eval/told.html"),
]
_SHORT = re.compile(r"""\b(?:say|said)\(\s*["']([a-z_]+)["']""")  # the page's say("ask", …) is message("page.ask", …)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_language_has_every_text_with_the_same_blanks(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert set(other) == set(english)
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", other[key])) == set(re.findall(r"{(\w+)}", text)), key
        assert other[key].strip()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_longer_texts_are_in_their_language(language: str) -> None:
    texts = {k: re.sub(r"{\w+}|`[^`]*`", "", t) for k, t in catalogue(language).items()}
    wrong = {k: t for k, t in texts.items() if len(t) > 60 and detect_language(t) != language}
    assert wrong == {}


def test_every_text_used_exists_and_every_text_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in _CODE)
    used = set(
        re.findall(
            r'["\']((?:answer|status|abstain|bad|state|page|trace|match|example|about|upload|written|topic|fact|assistant|door|argument|later|texts|laws)\.[a-z_0-9]+)["\']',
            source,
        )
    )
    used |= {f"page.{key}" for key in _SHORT.findall(source)}
    used -= {path.name for path in Path("page").iterdir()}
    keys = set(catalogue("en"))
    assert used <= keys
    assert keys - used - _PUT_TOGETHER == set()


def test_every_text_given_to_the_browser_is_used_there() -> None:
    there = [*Path("page/scripts").glob("*.js"), *Path("page/opening").glob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in there if path.name != "words.py")
    assert [key for key in KEYS if not re.search(rf"""["'.]{key}\b""", source)] == []


_RAISED = re.compile(r"""UnreadableFile\(\s*["'](\w+)["']""")


def test_every_code_of_an_unreadable_file_has_its_sentence_everywhere() -> None:
    codes = set(unreadable_sentences())
    raised = {code for path in Path("corpus").rglob("*.py") for code in _RAISED.findall(path.read_text("utf-8"))}
    assert raised <= codes
    for language in LANGUAGES:
        assert {key.split(".")[1] for key in catalogue(language) if key.startswith("unreadable.")} == codes
    english = {code: catalogue("en")[f"unreadable.{code}"] for code in codes}
    assert english == unreadable_sentences()


def test_an_unreadable_file_says_so_in_any_language() -> None:
    error = UnreadableFile("pdf_pages", count=2000, limit=150)
    assert str(error) == "The PDF has 2000 pages, more than the 150 allowed; split it."
    assert message(f"unreadable.{error.code}", "ru", **error.values).startswith("В PDF страниц: 2000")
    assert message(f"unreadable.{error.code}", "kk", **error.values).startswith("PDF-те 2000 бет")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        message("page.nothing", "en")
