"""Asking in the page: a cited answer in each language, follow-ups, stopping, taking it away, feedback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus import Folders
from tests.browser.conftest import Open, ask, unfold_options


@pytest.mark.parametrize(
    ("language", "question", "label", "badge", "quoted", "other", "site"),
    [
        (
            "en",
            "How long can the police hold me without a judge?",
            "Art. 18(2)",
            "in force",
            "Без судебного решения",
            "Сот шешімінсіз",
            "rus",
        ),
        (
            "ru",
            "Сколько полиция может держать меня без решения суда?",
            "ст. 18 п. 2",
            "действует",
            "Без судебного решения",
            "Сот шешімінсіз",
            "rus",
        ),
        (
            "kk",
            "Полиция мені сот шешімінсіз қанша уақыт ұстай алады?",
            "18-бап 2-тармақ",
            "күшінде",
            "Сот шешімінсіз",
            "Без судебного решения",
            "kaz",
        ),
    ],
)
def test_a_question_is_answered_with_its_citation(
    page: Page, language: str, question: str, label: str, badge: str, quoted: str, other: str, site: str
) -> None:
    ask(page, question)
    card = page.locator(".az-card.art_18__para_2")
    card.wait_for()
    assert card.locator("> summary").inner_text().split("\n")[0].startswith(label)
    assert card.locator(".az-badge").inner_text() == badge
    if card.get_attribute("open") is None:
        card.locator("> summary").click()
    assert quoted in card.locator("blockquote").first.inner_text()
    assert not card.get_by_text(other).is_visible()
    card.locator(".az-other > summary").click()  # the other official language is one click away
    card.get_by_text(other).wait_for()
    assert card.locator("a").first.get_attribute("href") == f"https://adilet.zan.kz/{site}/docs/K2600000000"
    assert page.locator(".az-answer").last.get_attribute("lang") == language
    page.locator(".az-how summary").last.click()
    assert page.locator(".az-how li").count() >= 3
    assert page.locator(".az-how tbody tr").count() == 8


def test_a_follow_up_says_how_it_is_understood(page: Page) -> None:
    ask(page, "Who elects the President?")
    ask(page, "And how long is the term?")
    last = page.locator(".az-answer").last
    assert last.locator(".az-reading").inner_text() == (
        "Understood as: “Who elects the President? And how long is the term?” Ask as new"
    )
    assert last.locator(".az-card.art_43__para_1").count() == 1
    page.click("#clear")
    page.wait_for_function("document.querySelectorAll('.az-answer').length === 0")
    ask(page, "And how long is the term?")
    assert page.locator(".az-reading").count() == 0


@pytest.mark.parametrize(
    ("native", "words"),
    [
        ("Русский", ("Спросить", "не юридическая консультация", "Читать", "Ваши документы")),
        ("Қазақша", ("Сұрау", "заң кеңесі емес", "Оқу", "Құжаттарыңыз")),
    ],
)
def test_the_whole_page_changes_its_language_and_remembers_it(page: Page, native: str, words: tuple[str, ...]) -> None:
    page.locator("#language").get_by_label(native).click()
    for word in words:
        page.get_by_text(word).locator("visible=true").first.wait_for()
    page.reload()
    page.get_by_role("button", name=words[0], exact=True).wait_for()


def test_the_page_starts_in_the_browsers_language(open_page: Open) -> None:
    open_page("kk").get_by_role("button", name="Сұрау", exact=True).wait_for()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.click("#example-q2")
    page.locator(".az-card.art_13__para_3").wait_for()


def test_what_a_user_types_is_shown_letter_for_letter_and_loads_nothing(page: Page) -> None:
    text = '<img src=x onerror="document.title=1"> ![a](http://evil.invalid/x.png) **bold** <b>joke</b>'
    ask(page, text)
    assert page.locator(".az-plain").last.inner_text() == text
    assert page.title() == "Atazan"


def test_a_refusal_helps(page: Page) -> None:
    ask(page, "What is the weather like tomorrow?")
    told = page.locator(".az-abstained").inner_text()
    assert "no provision of the Constitution that answers this" in told
    assert "Nearest provisions" in told
    assert "What you can try" in told


def test_bad_input_is_answered_in_a_sentence_and_the_page_goes_on(page: Page) -> None:
    page.fill("#question textarea", "???")
    page.keyboard.press("Enter")
    page.get_by_text("The question is empty").wait_for()
    ask(page, "Is there a death penalty?")


def test_a_citation_and_an_answer_are_copied_whole(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Can I hold a second citizenship?")
    page.locator(".az-card .az-cite summary").first.click()
    page.get_by_role("button", name="Legal").first.click()
    page.locator(".az-card .az-done").wait_for()
    citation = page.evaluate("navigator.clipboard.readText()")
    assert "Art. 13(3), Constitution of the Republic of Kazakhstan" in citation
    assert "https://adilet.zan.kz/rus/docs/K2600000000" in citation
    page.get_by_role("button", name="Copy answer").last.click()
    page.locator(".az-actions .az-done").wait_for()
    answer = page.evaluate("navigator.clipboard.readText()")
    assert answer.startswith("**Art. 13(3)**")
    assert "\n> «" in answer


def test_a_conversation_is_taken_away_with_its_citations(page: Page) -> None:
    ask(page, "Is there a death penalty?")
    ask(page, "<b>Can I hold a second citizenship?</b>")
    unfold_options(page)
    for button, name in (("#export-markdown", "atazan.md"), ("#export-print", "atazan.html")):
        with page.expect_download() as started:
            page.click(button)
        assert started.value.suggested_filename == name
        text = Path(started.value.path()).read_text(encoding="utf-8")
        assert text.index("death penalty") < text.index("second citizenship")
        assert "Art. 17" in text
        assert "https://adilet.zan.kz" in text
        if name.endswith(".html"):
            assert "&lt;b&gt;" in text
            assert "<b>" not in text


def test_feedback_holds_the_question_only_with_consent(page: Page, installed_folders: Folders) -> None:
    kept = installed_folders.data / "feedback.jsonl"
    kept.unlink(missing_ok=True)
    ask(page, "Is there a death penalty?")
    page.get_by_role("button", name="Not right").last.click()
    page.locator("#chat form.az-judging").get_by_label("Unclear").check()
    page.locator("#chat form.az-judging").get_by_role("button", name="Send").click()
    page.get_by_text("Thank you, noted").first.wait_for()
    unfold_options(page)
    page.locator("#consent").get_by_label("Keep my question").check()
    ask(page, "Can I hold a second citizenship?")
    page.get_by_role("button", name="Helpful").last.click()
    expect(page.locator(".az-answer").last.locator(".az-judged")).to_be_visible()
    first, second = (json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())
    assert (first["verdict"], "question" in first) == ("wrong", False)
    assert (second["verdict"], second["question"]) == ("helpful", "Can I hold a second citizenship?")
    assert "kz-constitution-2026#art_13__para_3" in second["citations"]
