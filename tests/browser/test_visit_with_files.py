"""Two visits with files of one's own, each from arriving to leaving: with a contract, zoomed in, and to measure."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from page.translation import say
from tests.browser.conftest import Open, ask, go_to, keep
from tests.browser.soundness import printed, station

_LEASE = """Договор найма жилого помещения

1. Предмет

1.1. Наймодатель сдаёт нанимателю квартиру на улице Тополиной на один год.

4. Плата

4.1. Наниматель платит девяносто тысяч тенге в месяц, не позднее пятого числа.

5. Доступ

5.1. Наймодатель входит в жилище нанимателя только с его согласия или по решению суда.
"""
_CLAUSE = "входит в жилище нанимателя"


def test_a_tenant_asks_about_a_contract_zoomed_in(open_page: Open) -> None:
    page = open_page("ru", size="zoomed")
    go_to(page, "documents")
    station(page, "tenant-arrives", "ru")
    _hand_over(page, "Договор.txt", _LEASE.encode())
    page.locator("#upload-said .az-added").wait_for(timeout=60_000)
    go_to(page, "ask")
    ask(page, "Может ли наймодатель войти в жилище без согласия или решения суда?")
    own, law = page.locator(".az-sides .az-side").all()
    expect(own.locator("h3")).to_have_text(say("own_says", "ru"))
    expect(own).to_contain_text(_CLAUSE)
    expect(law.locator("h3")).to_have_text(say("constitution_says", "ru"))
    expect(law.locator(".az-card").first).to_contain_text("ст. 28")
    station(page, "tenant-asks", "ru")
    own.get_by_role("link", name=say("open_reader", "ru")).first.click()
    clause = page.locator("#own-text [aria-current]")
    expect(clause).to_contain_text(_CLAUSE)
    expect(clause).to_be_in_viewport()
    station(page, "tenant-reads", "ru")

    go_to(page, "documents")
    for name, data in (("План.dwg", bytes(range(256))), ("Том.txt", b"a" * 11 * 2**20)):
        _hand_over(page, name, data)
        page.locator("#upload-said .az-refused", has_text=name).wait_for(timeout=60_000)
    station(page, "tenant-is-refused", "ru", frozenset({"dwg"}))
    expect(page.locator(".az-shelf li strong")).to_have_text(["Договор.txt"])
    go_to(page, "ask")
    ask(page, "Какая плата за квартиру в месяц?")
    expect(page.locator(".az-answer").last).to_contain_text("девяносто тысяч тенге")

    go_to(page, "documents")
    page.locator(".az-removal summary").click()
    page.locator(".az-forget").click()
    page.get_by_text(say("your_list_empty", "ru")).wait_for()
    go_to(page, "ask")
    expect(page.locator("#whose")).to_be_hidden()
    paper = printed(page)
    for words in (say("own_says", "ru"), _CLAUSE, say("constitution_says", "ru"), "девяносто тысяч тенге"):
        assert words in paper
    for control in (say("share", "ru"), say("ask", "ru") + " ", say("how", "ru")):
        assert control not in paper
    page.reload()
    expect(page.locator(".az-answer").first).to_contain_text(say("own_gone_beside", "ru"), timeout=15_000)
    assert _CLAUSE not in page.content()
    station(page, "tenant-leaves", "ru", frozenset({"dwg"}))


def _hand_over(page: Page, name: str, data: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": data})


def test_an_evaluator_measures_and_takes_the_report_away(open_page: Open, tmp_path: Path) -> None:
    page = open_page("en", size="laptop")
    go_to(page, "evaluate")
    sample = _saved(page, "#sample-csv", tmp_path)
    wrong = "Is there a death penalty?"
    mine = tmp_path / "mine.csv"
    mine.write_bytes(sample.read_bytes() + f"wrong,{wrong},en,yes,kz-constitution-2026#art_1\n".encode())
    _measure(page, mine)
    page.locator(".az-figures").wait_for(timeout=60_000)
    expect(page.locator("#measured")).to_contain_text("Answered as expected: 4")
    listed = page.locator("#measured .az-rows").first
    expect(listed).to_contain_text("Answered otherwise than expected: 1")
    station(page, "evaluator-measures", "en")
    listed.get_by_role("link", name="Ask it").click()
    expect(page.locator("#chat .az-plain")).to_have_text([wrong], timeout=30_000)
    page.locator(".az-card.art_17__para_3").first.wait_for()

    go_to(page, "evaluate")
    page.locator("#language").get_by_label("Қазақша").click()
    page.get_by_text(say("evaluate_form", "kk")).wait_for()
    expect(page.locator("#measured")).to_contain_text(say("evaluate_failures", "kk", count=1))
    station(page, "evaluator-in-kazakh", "kk")
    report = page.context.new_page()
    report.goto(_saved(page, "#measured-html", tmp_path).as_uri())
    expect(report.locator("html")).to_have_attribute("lang", "kk")
    expect(report.get_by_text(wrong).first).to_be_visible()
    expect(report.locator("body")).to_contain_text(say("evaluate_successes", "kk", count=4))
    keep(report, "visit-evaluator-report")
    report.close()

    long = tmp_path / "long.csv"
    rows = [f"{number},{number}-заң қалай аталады?,kk,no," for number in range(200)]
    long.write_text("\n".join(["id,question,language,answerable,gold", *rows]), encoding="utf-8")
    _measure(page, long)
    page.locator("#measured progress:not([value='0'])").wait_for(timeout=60_000)
    page.locator("#measuring-stop").click()
    expect(page.locator("#measuring-stop")).to_be_hidden(timeout=30_000)
    expect(page.locator(".az-figures li").first).to_be_visible()
    station(page, "evaluator-stops", "kk")


def _saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.locator(button).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def _measure(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#dataset").click()
    chooser.value.set_files(file)
