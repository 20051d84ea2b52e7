"""Where the Kazakh and the Russian text part: real places, told in three languages in words of our own, shown with
exactly the provision they are about, and withheld where its text has changed."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from corpus import LANGUAGES, CorpusError, EditionText, Folders, load_catalogue
from corpus.divergences import Divergence, divergence_of, divergences, read_divergences
from corpus.parsing.structure import parse
from corpus.readers import read_plain
from corpus.store import StoredEdition, load_edition
from corpus.text.folding import fold_run
from index import IndexedDocument, build_index, open_embedder
from page.views.article_view import article_view
from page.views.cards import whole
from page.views.conversation import Exchange
from page.views.export import as_markdown, conversation_page
from qa import Answer, Assistant
from qa.commands.rendering import article_text, plain_text
from qa.composing.two_texts import divergence_lines
from qa.composing.verbatim import is_supported
from qa.evidence.changed_text import ChangedTexts
from qa.messages import message
from qa.reading.article import read_article
from qa.reading.divergences_table import markdown
from qa.reading.reading_room import ReadingRoom
from qa.setup.installation import Installed, installed
from qa.understanding.language import detect_language

LAW = "kz-constitution-2026"
CASE, SHADE, NONE = "13(3)", "13(1)", "17(3)"
_LONGEST_SHARED_RUN = 80
_MOST_WORDS = 45
_MOST_PHRASE_WORDS = 5
ROW = """
[[divergence]]
at = ["art_1__para_1"]
weight = "case"
phrase = { kk = "ара", ru = "улей" }
kk = { kk = "Ара.", ru = "Ұя.", why = "Кім?" }
ru = { kk = "Пчела.", ru = "Улей.", why = "Кто?" }
en = { kk = "A bee.", ru = "A hive.", why = "Whose?" }
"""


def _named(eid: str, language: str = "en") -> Divergence:
    found = divergence_of(f"{LAW}#{eid}", language)
    assert found
    return found


# The data


@pytest.fixture(scope="module")
def texts(installed_folders: Folders) -> dict[str, EditionText]:
    stored = [load_edition(installed_folders, edition) for edition in load_catalogue().document(LAW).editions]
    return {text.language: text.parsed() for text in stored if text}


def _words(told: Divergence) -> list[str]:
    return [told.kk.says, told.ru.says, told.why]


def test_every_provision_exists_and_both_phrases_stand_there(texts: dict[str, EditionText]) -> None:
    assert set(texts) == {"kk", "ru"}
    for language, text in texts.items():
        law = {p.id: fold_run(f"{p.lead_in} {p.text}") for p in text.provisions}
        for identifier, told in divergences(LAW, "en").items():
            phrase = getattr(told, language).phrase
            assert len(phrase.split()) <= _MOST_PHRASE_WORDS, phrase
            inside = " ".join(words for name, words in law.items() if name == identifier or _within(name, identifier))
            assert identifier in law
            assert re.search(rf"(?<!\w){re.escape(fold_run(phrase))}(?!\w)", inside), (identifier, phrase)


def _within(name: str, identifier: str) -> bool:
    return name.startswith(f"{identifier}__")


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_told_shortly_and_in_the_readers_language(language: str) -> None:
    told = divergences(LAW, language)
    assert list(told) == list(divergences(LAW, "en"))
    for divergence in told.values():
        said = " ".join(_words(divergence))
        assert len(re.findall(r"[\w'’-]+", said)) <= _MOST_WORDS, said
        assert detect_language(said) == language, said
        assert all(re.fullmatch(r"\S+( \S+)*[.?]", words) for words in _words(divergence)), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_text_prevails_is_never_said(language: str) -> None:
    claim = re.compile(r"prevail|preced|authentic|преимуществ|приоритет|главн|верн|басым|дұрыс", re.IGNORECASE)
    for divergence in divergences(LAW, language).values():
        assert not any(claim.search(words) for words in _words(divergence))


def test_no_sentence_is_taken_from_a_law(mirror: Path) -> None:
    length = _LONGEST_SHARED_RUN + 1
    law = " ".join(fold_run(path.read_text(encoding="utf-8")) for path in sorted(mirror.glob("*.txt")))
    runs = {law[i : i + length] for i in range(len(law) - length + 1)}
    for language in LANGUAGES:
        for divergence in divergences(LAW, language).values():
            text = fold_run(" ".join(_words(divergence)))
            assert not any(text[i : i + length] in runs for i in range(len(text) - length + 1)), text


def test_the_document_is_made_of_the_data() -> None:
    page = Path(__file__).parent.parent / "docs" / "two-official-texts.md"
    assert page.read_text(encoding="utf-8") == markdown(), "python -m qa.reading.divergences_table"


@pytest.mark.parametrize("document", ["kz-constitution-1995", "udhr", "private-notes-0123abcd"])
def test_other_documents_have_none(document: str) -> None:
    assert divergences(document, "kk") == {}


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ('weight = "case"', 'weight = "case"\nnote = "x"', "divergence 1 has the unknown note"),
        ('ru = { kk = "Пчела.", ru = "Улей.", why = "Кто?" }', "", "divergence 1 lacks ru"),
        (', why = "Кім?"', "", "divergence 1, kk lacks why"),
        (', ru = "улей"', "", "divergence 1, phrase lacks ru"),
        ('why = "Whose?"', 'why = " "', "divergence 1, en has no words under why"),
        ('"case"', '"heavy"', "divergence 1 has .* a weight"),
        ('["art_1__para_1"]', "[]", "divergence 1 has no provision"),
        ("[[divergence]]", "[table]\n[[divergence]]", "garden.toml has the unknown table"),
        ("at = [", "at = ", "garden.toml is no TOML"),
    ],
)
def test_an_unsound_file_is_refused_by_name_and_place(found: str, put: str, told: str) -> None:
    assert read_divergences(ROW, "garden", "kk")["garden#art_1__para_1"].why == "Кім?"
    assert ROW.count(found) == 1
    with pytest.raises(CorpusError, match=told):
        read_divergences(ROW.replace(found, put), "garden", "kk")


def test_a_provision_is_named_once() -> None:
    with pytest.raises(CorpusError, match="divergence 2 is about garden#art_1__para_1, as one before it"):
        read_divergences(ROW * 2, "garden", "en")


# Answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_tells_of_a_case_wherever_it_is_read(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(f"Art. {CASE}", language=language)
    told = _named("art_13__para_3", language)
    assert answer.citations[0].divergence == told
    lines = divergence_lines(told, language)
    assert "\n".join(lines) in answer.text
    terminal = " ".join(plain_text(answer).split())
    assert all(line in terminal for line in lines)
    card = html.unescape(whole(answer, dict(assistant.index.documents), turn=0))
    assert '<div class="az-parted"' in card
    for shown in (card, as_markdown(answer), html.unescape(conversation_page([Exchange(answer)], language))):
        assert all(words in shown for words in (message("texts.case", language), told.kk.phrase, *_words(told)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shade_is_named_in_the_text_and_folded_on_the_card(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(f"Art. {SHADE}", language=language)
    told = _named("art_13__para_1", language)
    assert told.weight == "shade"
    label = answer.citations[0].label
    assert message("texts.named", language, labels=label, first=label) in answer.text
    assert told.why not in answer.text
    card = html.unescape(whole(answer, dict(assistant.index.documents), turn=0))
    assert re.search(rf'<details class="az-parted"[^>]*><summary>{message("texts.shade", language)}</summary>', card)
    assert told.why in card


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_texts_agree_nothing_is_told(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(f"Art. {NONE}", language=language)
    assert [c.provision for c in answer.citations] == [f"{LAW}#art_17__para_3"]
    _says_nothing(answer, assistant, language)


def _says_nothing(answer: Answer, assistant: Assistant, language: str) -> None:
    assert answer.to_json()["citations"][0]["texts_differ"] is None
    card = whole(answer, dict(assistant.index.documents), turn=0)
    assert "az-parted" not in card
    for shown in (
        answer.text,
        as_markdown(answer),
        conversation_page([Exchange(answer)], language),
        html.unescape(card),
    ):
        assert message("texts.ours", language) not in shown


def test_of_an_article_cited_whole_each_provision_has_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("article 13", language="en")
    cited = {c.provision.partition("#")[2]: c.divergence for c in answer.citations}
    assert {eid: told.weight for eid, told in cited.items() if told} == {
        "art_13__para_1": "shade",
        "art_13__para_3": "case",
    }
    assert "art_13__para_2" in cited
    part = assistant.ask("Art. 19(2)", language="en").citations
    assert [c.provision.partition("__para_2")[2] for c in part if c.divergence] == ["__subpara_2"]
    assert len(part) == 2


def test_a_subject_told_as_a_whole_names_where(assistant: Assistant) -> None:
    answer = assistant.ask("What does the Constitution say about citizenship?")
    assert answer.mode == "overview"
    labels = [c.label for c in answer.citations if c.divergence]
    assert "Art. 13(3)" in labels
    assert message("texts.named", "en", labels="; ".join(labels), first=labels[0]) in answer.text


def test_programs_get_it_as_documented(assistant: Assistant) -> None:
    told = _named("art_41__para_2").to_json()
    assert assistant.ask("Art. 41(2)", language="en").to_json()["citations"][0]["texts_differ"] == told
    documented = (Path(__file__).parent.parent / "docs" / "programs.md").read_text(encoding="utf-8")
    assert all(f'"{words}"' in documented for words in (told["kk"]["says"], told["ru"]["phrase"], told["why"]))


# Reading


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_tells_of_it_with_the_provision(installed_folders: Folders, language: str) -> None:
    room = ReadingRoom(installed(installed_folders))
    told = _named("art_13__para_3", language)
    found = read_article(room.state, CASE, language=language)
    shown = " ".join(article_text(found).split())
    assert all(line in shown for line in divergence_lines(told, language))
    rows = read_article(room.state, "13", language=language).to_json()["provisions"]
    assert [bool(row["texts_differ"]) for row in rows] == [True, False, True]
    assert rows[2]["texts_differ"] == told.to_json()
    view = html.unescape(article_view(room.open(LAW, "13", [language]), language))
    section = view.partition('<section id="art_13__para_3">')[2].partition("</section>")[0]
    assert all(words in section for words in _words(told))
    assert view.count('class="az-parted"') == 2
    assert read_article(room.state, NONE, language=language).divergences == {}
    assert "az-parted" not in article_view(room.open(LAW, "17", ["ru"]), language).partition('id="art_17__para_3"')[2]


def test_where_no_official_text_is_installed_there_is_nothing_to_tell(folders: Folders) -> None:
    bare = installed(folders)
    assert read_article(bare, CASE, language="en").divergences == {}
    assert "az-parted" not in article_view(ReadingRoom(bare).open(LAW, "13", ["en"]), "en")


# A text that has changed. It is invented, and goes by the Constitution's name.


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[StoredEdition, Assistant, Assistant]:
    """An invented edition with an article 13, and assistants over it: one knows it so, one finds it changed."""
    lines = tuple(read_plain("Статья 13\n\n3. Пасечник обязан кормить пчёл зимой.\n".encode()))
    stored = StoredEdition(LAW, "ru", "2026", "x", "", "", lines, ("art_13__para_3",), "x")
    edition = EditionText(LAW, "ru", "2026", "ru", "", parse(LAW, "ru", list(lines)))
    document = IndexedDocument(load_catalogue().document(LAW), (("ru", "ru"),))
    index = build_index(tmp_path_factory.mktemp("index"), [document], [edition], open_embedder())
    known, changed = (
        Assistant(index, {}, lambda: date(2026, 11, 23), changed=texts)
        for texts in (ChangedTexts(), ChangedTexts(frozenset({f"{LAW}#art_13"})))
    )
    return stored, known, changed


def test_it_is_withheld_where_the_text_has_changed(invented: tuple[StoredEdition, Assistant, Assistant]) -> None:
    stored, known, changed = invented
    name = f"{LAW}#art_13__para_3"
    (as_known,) = known.cited([name], "ru")
    assert as_known.divergence == _named("art_13__para_3", "ru")
    (now,) = changed.cited([name], "ru")
    assert now.withheld
    assert now.divergence is None
    answer = changed.ask("статья 13", language="ru")
    _says_nothing(answer, changed, "ru")
    state = Installed(load_catalogue(), (stored,), ())
    assert read_article(state, CASE, language="ru").divergences == {}
    assert not is_supported(as_known, known.index, "en")  # told in another language than the answer's
