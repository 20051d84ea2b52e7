"""Fetching from stand-ins of the official hosts: what is taken, refused, retried, waited for and remembered."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import Folders, SourceUnavailable
from corpus.fetching import Limits, Outcome, fetch_all, recently_unreachable, remember_unreachable, survey
from corpus.readers import text_of
from corpus.store import StoredEdition, installed_editions
from qa.commands.doctor import source_lines, without_a_source
from qa.commands.fetched import problem_lines
from tests.dressing import Text, bank_json, old_page
from tests.gardens import BANK, NEW, OLD, garden_catalogue, garden_texts, known_gardens, text_of_garden
from tests.host_faults import (
    answers,
    busy,
    changed_body,
    cut,
    endless,
    gzipped,
    hangs,
    redirects,
    slow,
)
from tests.official_hosts import LOGIN, SEARCH, SHELL, Fault, OfficialHosts, official_hosts

LIMITS = Limits(pause=0.02, answer=1.5, whole=0.6, patience=2.0, size=2**20, attempts=1)
PATIENT = replace(LIMITS, attempts=3)
CATALOGUE = garden_catalogue(languages=("ru",))


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficialHosts]:
    with official_hosts(CATALOGUE, garden_texts(("ru",)), tmp_path / "hosts") as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def _fetch(folders: Folders, *, refresh: bool = False, limits: Limits = LIMITS) -> Outcome:
    (outcome,) = fetch_all(CATALOGUE, folders, limits=limits, refresh=refresh, known=known_gardens)
    return outcome


def _host(outcome: Outcome) -> str:
    assert outcome.stored, outcome.problem
    return outcome.stored.source_url.split("/")[2]


def test_the_first_source_is_asked_and_no_other(hosts: OfficialHosts, folders: Folders) -> None:
    outcome = _fetch(folders)
    assert outcome.fresh
    assert [(asked.host, asked.path) for asked in hosts.asked] == [(OLD, "/rus/docs/G1")]
    assert "constitution" in hosts.asked[0].headers["User-Agent"].lower()
    (stored,) = installed_editions(folders, CATALOGUE)
    assert (stored.edition, stored.source_url, stored.differing) == ("2020-01-01", f"https://{OLD}/rus/docs/G1", ())
    assert not _fetch(folders).fresh
    assert len(hosts.asked) == 1


@pytest.mark.parametrize(
    ("down", "taken"),
    [((), OLD), ((OLD,), NEW), ((OLD, NEW), BANK)],
)
def test_sources_are_tried_in_order(hosts: OfficialHosts, folders: Folders, down: tuple[str, ...], taken: str) -> None:
    hosts.down = set(down)
    assert _host(_fetch(folders)) == taken


def test_the_banks_print_is_read_where_its_interface_fails(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.down = {OLD, NEW}
    hosts.faults = {f"{BANK}/api/documents/G1/rus/download": gzipped, f"{BANK}/api/documents/G1/rus": answers(SHELL)}
    outcome = _fetch(folders)
    assert outcome.stored
    assert outcome.stored.source_url.endswith("/download/pdf")
    assert outcome.stored.differing == ()


_ANOTHER = old_page(text_of_garden("ru")).decode()
for _word in ("член", "ульев", "Председатель", "открывает", "поливает", "Летом", "хранит", "обак", "Устав", "Список"):
    _ANOTHER = _ANOTHER.replace(_word, "иное")
_FEW = old_page(Text("garden", "ru", text_of_garden("ru").blocks[:-3]))

# What comes in the place of a document, and the word that says so.
NO_DOCUMENT: list[tuple[str, Fault, str]] = [
    ("shell", answers(SHELL), "a page for scripts, without the text"),
    ("search", answers(SEARCH), "a page without articles"),
    ("login", answers(LOGIN), "a login page"),
    ("empty", answers(b""), "text where a page was promised"),
    ("403", answers(b"<html>no</html>", status=403), "answered 403"),
    ("404", answers(b"<html>no</html>", status=404), "answered 404"),
    ("500", answers(b"<html>no</html>", status=500), "answered 500"),
    ("busy for long", busy("900", 99), "asks to be left alone for 900 seconds"),
    ("cut", cut(0.6), "cut in the middle"),
    ("cut, length unknown", cut(0.6, announced=False), "cut off"),
    (
        "damaged gzip",
        lambda site, page: site.send(
            200, b"no gzip, whatever its head says", "text/html", {"Content-Encoding": "gzip"}
        ),
        "damaged",
    ),
    ("too slow", slow(1.5), "not whole within 0.6 seconds"),
    ("huge", endless, "larger than 1 MB"),
    ("JSON", answers(bank_json(text_of_garden("ru")), "application/json"), "JSON where a page was promised"),
    ("off the host", redirects("https://elsewhere.invalid/rus/docs/G1"), "leads to elsewhere.invalid"),
    ("off TLS", redirects(f"http://{OLD}/rus/docs/G1"), "without TLS"),
    ("in circles", redirects("/rus/docs/G1"), "in circles"),
    ("a part", answers(_FEW), "it holds 3 of 4 articles"),
    ("another act", answers(_ANOTHER.encode()), "another act"),
]


@pytest.mark.parametrize(("fault", "said"), [row[1:] for row in NO_DOCUMENT], ids=[row[0] for row in NO_DOCUMENT])
def test_what_is_no_document_is_told_and_the_next_source_tried(
    hosts: OfficialHosts, folders: Folders, fault: Fault, said: str
) -> None:
    hosts.faults = {OLD: fault}
    outcome = _fetch(folders)
    assert _host(outcome) == NEW
    assert outcome.problem is None
    (reason,) = outcome.passed_over
    assert said in reason
    assert OLD in reason
    assert "\n" not in reason


def test_where_no_source_gives_a_document_one_sentence_says_why(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.faults = {OLD: answers(SHELL), NEW: answers(b"", status=403), f"{BANK}/": answers(_FEW)}
    outcome = _fetch(folders)
    assert isinstance(outcome.problem, SourceUnavailable)
    assert outcome.stored is None
    said = str(outcome.problem)
    assert "\n" not in said
    for reason in ("a page for scripts", "answered 403", "a page where JSON", "a page where a PDF"):
        assert reason in said


@pytest.mark.parametrize(
    ("path", "fault", "said"),
    [
        ("", answers(SHELL), "a page where JSON was promised"),
        ("", answers(b'{"title": "x", "text_content": ""}', "application/json"), "holds no text"),
        ("", answers(b'[{"error": 5}]', "application/json"), "holds no text"),
        ("", changed_body(lambda body: body[: len(body) // 2]), "cut off"),
        ("/download/pdf", answers(SHELL), "a page where a PDF was promised"),
        ("/download/pdf", changed_body(lambda body: body[: len(body) // 2]), "a PDF that was cut off"),
    ],
)
def test_interfaces_that_fail(hosts: OfficialHosts, folders: Folders, path: str, fault: Fault, said: str) -> None:
    hosts.down = {OLD, NEW}
    missing = answers(b"", status=404)
    address = f"{BANK}/api/documents/G1/rus"
    hosts.faults = {f"{address}/download": fault if path else gzipped, address: missing if path else fault}
    outcome = _fetch(folders)
    assert said in str(outcome.problem if path else outcome.passed_over)
    assert bool(outcome.stored) == (not path)


@pytest.mark.parametrize(
    "fault",
    [
        gzipped,
        answers(old_page(text_of_garden("ru"), encoding="windows-1251"), "text/html; charset=windows-1251"),
        answers(old_page(text_of_garden("ru"), encoding="windows-1251"), "text/html"),
        slow(0.2),
        busy("0", 1, status=503),
        busy("Wed, 21 Oct 2015 07:28:00 GMT", 1),
    ],
    ids=["gzip", "windows-1251", "windows-1251 undeclared", "slow", "503", "429 until a past day"],
)
def test_what_is_only_unusual_is_taken(hosts: OfficialHosts, folders: Folders, fault: Fault) -> None:
    hosts.faults = {OLD: fault}
    outcome = _fetch(folders, limits=PATIENT)
    assert _host(outcome) == OLD
    assert outcome.stored
    assert outcome.stored.differing == ()


def test_retry_after_is_kept_to(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.faults = {OLD: busy("1", 1)}
    assert _host(_fetch(folders, limits=PATIENT)) == OLD
    first, second = hosts.asked
    assert second.started - first.ended >= 1.0


def test_one_request_at_a_time_and_a_pause_to_a_host(
    tmp_path: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages = ("ru", "kk")
    catalogue = garden_catalogue(languages=languages)
    with official_hosts(catalogue, garden_texts(languages), tmp_path / "hosts") as hosts:
        for name, value in hosts.environment.items():
            monkeypatch.setenv(name, value)
        hosts.faults = {OLD: answers(SHELL), NEW: answers(b"", status=403)}
        outcomes = fetch_all(catalogue, folders, limits=Limits(pause=0.3), known=known_gardens)
    assert all(outcome.fresh for outcome in outcomes)
    for host in (OLD, NEW, BANK):
        asked = [request for request in hosts.asked if request.host == host]
        assert len(asked) == len(languages)
        for before, after in pairwise(asked):
            assert after.started - before.ended >= 0.25


def test_a_host_that_is_silent_is_given_up(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.faults = {OLD: hangs(3)}
    started = time.monotonic()
    assert _host(_fetch(folders)) == NEW
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(("kind", "said"), [("rogue", "SSL_CERT_FILE"), ("expired", "certificate has expired")])
def test_a_certificate_that_does_not_verify(hosts: OfficialHosts, folders: Folders, kind: str, said: str) -> None:
    getattr(hosts, kind).add(OLD)
    assert _host(_fetch(folders)) == NEW
    getattr(hosts, kind).update({NEW, BANK})
    outcome = _fetch(Folders(folders.cache / "other", folders.data))
    assert outcome.stored is None
    assert said in str(outcome.problem)
    assert hosts.asked[-1].host == NEW  # nothing was ever asked over an unverified connection


def test_a_bundle_that_is_not_there_is_said(
    hosts: OfficialHosts, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(folders.cache / "none.pem"))
    assert "SSL_CERT_FILE" in str(_fetch(folders).problem)


def test_with_all_down_nothing_is_installed_and_one_line_says_so(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.down = set(CATALOGUE.hosts)
    catalogue = garden_catalogue()
    outcomes = fetch_all(catalogue, folders, limits=LIMITS, known=known_gardens)
    assert installed_editions(folders, catalogue) == ()
    (line,) = problem_lines(outcomes)
    for host in (OLD, NEW, BANK):
        assert len(re.findall(rf"(?<![\w.]){re.escape(host)} cannot be reached", line)) == 1
    assert "ATAZAN_MIRROR" in line


def test_texts_with_the_same_reason_are_told_in_one_line() -> None:
    first, second = garden_catalogue().editions
    third = replace(first, language="en")
    gone = [Outcome(e, None, problem=SourceUnavailable("alone", ("the host is down",))) for e in (first, second)]
    other = Outcome(third, None, problem=SourceUnavailable("garden (en): cut off.", ("cut off",)))
    edition = CATALOGUE.editions[0]
    stored = Outcome(edition, StoredEdition("garden", "ru", edition.edition, "", "", "", ()))
    assert list(problem_lines([*gone, other, stored])) == [
        "2 texts could not be fetched (garden (ru), garden (kk)): the host is down.",
        "garden (en): cut off.",
    ]


def test_a_refresh_asks_whether_anything_changed(hosts: OfficialHosts, folders: Folders) -> None:
    _fetch(folders)
    outcome = _fetch(folders, refresh=True)
    assert (outcome.fresh, outcome.problem) == (False, None)
    assert hosts.asked[-1].headers["If-None-Match"]
    hosts.change("garden", "ru", "двенадцати", "пятнадцати")
    assert _fetch(folders, refresh=True).problem
    # What is no longer the installed text is no reason to send its marks.
    (folders.texts / "garden" / "ru.json").unlink()
    _fetch(folders)
    assert "If-None-Match" not in hosts.asked[-1].headers


def test_the_same_edition_from_another_source_is_not_taken_again(hosts: OfficialHosts, folders: Folders) -> None:
    before = _fetch(folders).stored
    hosts.down = {OLD}
    outcome = _fetch(folders, refresh=True)
    assert (outcome.fresh, outcome.problem, outcome.stored) == (False, None, before)


def test_an_interrupted_write_leaves_the_known_text(hosts: OfficialHosts, folders: Folders) -> None:
    _fetch(folders)
    path = folders.texts / "garden" / "ru.json"
    path.write_bytes(path.read_bytes()[:100])
    assert installed_editions(folders, CATALOGUE) == ()
    assert _fetch(folders).fresh


def test_an_implicit_fetch_is_not_tried_again_at_once(folders: Folders) -> None:
    assert not recently_unreachable(folders, None)
    remember_unreachable(folders, None, True)
    assert recently_unreachable(folders, None)
    # Naming a mirror is a new attempt.
    assert not recently_unreachable(folders, "https://mirror.invalid")
    remember_unreachable(folders, None, False)
    assert not recently_unreachable(folders, None)


def test_the_table_of_sources(hosts: OfficialHosts) -> None:
    hosts.faults = {OLD: answers(SHELL), f"{BANK}/api/documents/G1/rus/download": answers(_FEW)}
    hosts.rogue = {NEW}
    reports = survey(CATALOGUE, limits=LIMITS, known=known_gardens)
    assert [(r.source.host, r.reachable, r.articles, r.agrees) for r in reports] == [
        (OLD, True, 0, False),
        (NEW, False, 0, False),
        (BANK, True, 4, True),
        (BANK, True, 0, False),
    ]
    title, *rows, note = source_lines(reports)
    assert title.split() == ["text", "source", "reachable", "articles", "agrees", "shape"]
    assert "page for scripts" in rows[0]
    assert rows[1].endswith("(1)")
    assert note.startswith(f"(1) {NEW} shows a certificate")
    assert "SSL_CERT_FILE" in note
    assert "4 of 4" in rows[2]
    assert "a page where a PDF was promised" in rows[3]
    assert without_a_source(reports) == []
    hosts.down = set(CATALOGUE.hosts)
    assert without_a_source(survey(CATALOGUE, limits=LIMITS, known=known_gardens)) == ["garden (ru)"]


def test_progress_is_told_of_bytes_and_pages(hosts: OfficialHosts, folders: Folders) -> None:
    told: list[tuple[str, int, int | None]] = []
    hosts.down = {OLD, NEW}
    hosts.faults = {f"{BANK}/api/documents/G1/rus/download": gzipped, f"{BANK}/api/documents/G1/rus": answers(SHELL)}
    note: Callable[..., None] = lambda edition, stage, done, total: told.append((stage, done, total))  # noqa: E731
    fetch_all(CATALOGUE, folders, limits=LIMITS, known=known_gardens, on_progress=note)
    assert {stage for stage, *_ in told} == {"fetching", "reading"}
    assert all(total is None or done <= total for _, done, total in told)


def test_the_text_is_kept_as_the_source_prints_it(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.down = {OLD, NEW}
    stored = _fetch(folders).stored
    assert stored
    assert "\u00a0" not in text_of(list(stored.lines))
    assert "Sign in" not in text_of(list(stored.lines))
