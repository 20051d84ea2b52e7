"""A library of laws answers after the Constitution: acts named, what is left to a law, and nothing lost without it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from corpus import Folders
from index import open_embedder
from index.stores import open_store
from qa import Assistant, open_assistant
from qa.answer import Answer
from qa.errors import BadReference
from qa.legislation.opening import LegislationAtHand
from qa.messages import message
from qa.setup.doctor import examine
from qa.setup.settings import FILE, chosen_store
from qa.statutes.citing import ActTexts, is_stored
from qa.statutes.left_to_law import is_left_to_law
from qa.turn import Where, where_of
from tests.codes import LABOUR, TAX, put_codes
from tests.conftest import TODAY
from tests.server import free_port, served

_ASKED = {
    "ru": "Меня уволили, пока я был на больничном. Это законно?",
    "en": "How long is maternity leave?",
    "kk": "Қосылған құн салығы қанша пайыз?",
}


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("codes")
    store = open_store(str(folder), create=True)
    assert store is not None
    put_codes(store, open_embedder())
    store.close()
    return folder


@pytest.fixture(scope="module")
def asked(installed_folders: Folders, assistant: Assistant, codes: Path) -> Iterator[Assistant]:
    """The assistant with a library."""
    opened = open_assistant(installed_folders, store=str(codes), today=lambda: TODAY)
    yield opened
    assert opened.legislation
    opened.legislation.store.close()


def cited(answer: Answer) -> list[str]:
    return [citation.provision for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "label", "quoted_in"),
    [
        ("ст. 113 п. 2 ТК РК", "ТК, ст. 113 п. 2", "ru"),
        ("Labour Code art. 113(2)", "Labour Code, Art. 113(2)", "ru"),
        ("Еңбек кодексі 113-бап 2-тармақ", "Еңбек кодексі, 113-бап 2-тармақ", "kk"),
    ],
)
def test_an_article_of_an_act_is_quoted_as_a_lawyer_cites_it(
    asked: Assistant, question: str, label: str, quoted_in: str
) -> None:
    answer = asked.ask(question)
    [citation] = answer.citations
    assert (citation.label, citation.provision) == (label, f"{LABOUR}#art_113__para_2")
    assert citation.language == quoted_in
    assert {citation.language, *(code for code, _ in citation.others)} == {"kk", "ru"}
    assert citation.document == LABOUR
    assert "Трудовой кодекс" in citation.document_title or "Еңбек кодексі" in citation.document_title
    assert citation.url == f"https://laws.example/{LABOUR}/{quoted_in}"
    assert (citation.edition, citation.status) == ("2025-03-01", "in_force")
    assert asked.legislation
    texts = ActTexts(asked.legislation.store)
    assert is_stored(citation, texts)
    assert not is_stored(replace(citation, quote=f"{citation.quote} Никогда."), texts)
    assert not is_stored(replace(citation, others=((citation.others[0][0], "иначе"),)), texts)
    assert not is_stored(replace(citation, provision=f"{LABOUR}#art_1"), texts)


def test_a_whole_article_is_read_in_order_and_a_question_on_it_by_what_fits(asked: Assistant) -> None:
    assert cited(asked.ask("Labour Code art. 113")) == [f"{LABOUR}#art_113__para_{n}" for n in (1, 2, 3)]
    on_it = asked.ask("Does article 113 of the Labour Code let them send a pregnant woman on a trip?")
    assert cited(on_it)[0] == f"{LABOUR}#art_113__para_2"


def test_what_opens_a_list_is_shown_with_its_points(asked: Assistant) -> None:
    answer = asked.ask("ст. 49 п. 1 Трудового кодекса")
    assert cited(answer) == [f"{LABOUR}#art_49__para_1__point_{n}" for n in (1, 2, 3)]
    assert all(citation.lead_in.startswith("Работодатель вправе") for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ТК ст. 200", ("10", "ст. 21", "ст. 120")),
        ("Labour Code art. 114", ("10", "Art. 21", "Art. 113")),
        ("Еңбек кодексі 200-бап", ("10", "21-бап", "120-бап")),
    ],
)
def test_an_article_that_is_not_there_is_told_with_those_that_are(
    asked: Assistant, question: str, said: tuple[str, ...]
) -> None:
    answer = asked.ask(question)
    assert answer.abstained
    assert all(part in answer.text for part in said)
    assert answer.library
    assert answer.library.see_also


def test_a_part_that_is_not_there_is_told(asked: Assistant) -> None:
    answer = asked.ask("ст. 113 п. 9 ТК")
    assert answer.abstained
    assert "ст. 113 п. 9" in answer.text


@pytest.mark.parametrize(
    ("question", "name"), [("ст. 5 УК", "Уголовный кодекс"), ("Criminal Code art. 5", "Criminal Code")]
)
def test_an_act_that_the_library_has_not_is_told_and_no_other_answers(
    asked: Assistant, question: str, name: str
) -> None:
    answer = asked.ask(question)
    assert answer.abstained
    assert name in answer.text
    beside = asked.ask("Что уголовный кодекс говорит про отпуск по беременности и родам?")
    assert not beside.acts
    assert message("laws.not_held", "ru", name="Уголовный кодекс") in beside.text


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        pytest.param(
            "What does the Tax Code say about VAT?",
            f"{TAX}#art_11",
            marks=pytest.mark.xfail(strict=True, reason="second by 0.002: more questions tell the hubs"),
        ),
        ("What does the Tax Code say about value added tax?", f"{TAX}#art_11"),
        ("Что Налоговый кодекс говорит о налоге на автомобили?", f"{TAX}#art_32"),
        ("Салық кодексінде зейнеткерлер туралы не айтылған?", f"{TAX}#art_31__para_2"),
    ],
)
def test_an_act_named_without_an_article_answers_by_what_is_nearest_in_it(
    asked: Assistant, question: str, provision: str
) -> None:
    answer = asked.ask(question)
    assert cited(answer)[0] == provision
    assert {citation.document for citation in answer.citations} == {TAX}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_the_constitution_does_not_answer_the_law_does(
    asked: Assistant, assistant: Assistant, language: str
) -> None:
    answer = asked.ask(_ASKED[language])
    expected = {"ru": f"{LABOUR}#art_49__para_2", "en": f"{LABOUR}#art_99", "kk": f"{TAX}#art_11"}[language]
    of_laws = [name for name in cited(answer) if not name.startswith("kz-")]
    assert of_laws[0] == expected
    links = [citation for citation in answer.citations if citation.document == "kz-constitution-2026"]
    if links:
        assert answer.citations[0] == links[0]
        assert answer.text.startswith(message("laws.leaves", language, labels=links[0].label))
    else:
        nearest = assistant.ask(_ASKED[language]).see_also[0]
        opening = "laws.nearest_left" if is_left_to_law(nearest.provision, assistant.index) else "laws.does_not_speak"
        assert answer.text.startswith(message(opening, language, label=nearest.label))
    assert not answer.abstained


def test_what_the_constitution_leaves_to_a_law_is_cited_before_the_law(asked: Assistant) -> None:
    answer = asked.ask(_ASKED["ru"])
    assert answer.citations[0].document == "kz-constitution-2026"
    assert "оставляет это закону" in answer.notice


@pytest.mark.parametrize(
    "question",
    [
        "Can the police detain me without a court order?",
        "Сколько лет длится срок Президента?",
        "Мемлекеттік тіл қандай?",
    ],
)
def test_what_the_constitution_answers_stays_as_it_was(asked: Assistant, assistant: Assistant, question: str) -> None:
    with_laws, without = asked.ask(question), assistant.ask(question)
    assert with_laws.citations == without.citations
    assert with_laws.text.startswith(without.text)
    assert without.library is None
    assert "library" not in without.to_json()
    assert set(with_laws.to_json()) - set(without.to_json()) == {"library"}


@pytest.mark.parametrize(
    "question",
    ["What is the best pizza in town?", "Какая завтра погода в Алматы?", "How long is maternity leave in Russia?"],
)
def test_what_no_law_answers_is_not_answered_from_one(asked: Assistant, question: str) -> None:
    assert not asked.ask(question).acts


def test_a_repealed_act_is_said_to_be_and_is_not_the_law_of_today(asked: Assistant) -> None:
    named = asked.ask("закон о пчеловодстве ст. 1")
    assert "утратил силу" in named.text
    assert named.citations[0].status == "repealed"
    question = "На каком расстоянии от дороги, по которой ходят люди, ставят улья?"
    assert not asked.ask(question).acts
    then = asked.ask(question, as_of=date(2022, 5, 1), where=Where("laws"))
    assert then.citations[0].provision == "z-bees-old#art_1"


def test_a_wording_later_than_the_day_is_said_to_be(asked: Assistant) -> None:
    then = asked.ask("ст. 113 п. 2 ТК РК", as_of=date(2024, 5, 1))
    assert then.citations[0].edition == "2025-03-01"
    assert "редакция от 1 марта 2025 года" in then.text
    assert "текста того дня у меня нет" in then.text
    assert "текста того дня" not in asked.ask("ст. 113 п. 2 ТК РК", as_of=date(2025, 3, 1)).text


def test_an_act_that_is_not_there_is_said_not_to_be(asked: Assistant) -> None:
    answer = asked.ask("How high is the tax on cars?", where=Where(acts=("nosuch",)))
    assert answer.abstained
    assert "no act under the name “nosuch”" in answer.text


def test_no_more_than_three_provisions_of_one_act_are_cited(asked: Assistant) -> None:
    answer = asked.ask("Налог на добавленную стоимость: ставка, отчёт, товары без налога", where=Where("laws"))
    assert 0 < len([c for c in answer.citations if c.document == TAX]) <= 3


def test_where_to_look_is_kept_to(asked: Assistant, assistant: Assistant) -> None:
    question = _ASKED["en"]
    assert not asked.ask(question, where=Where("constitution")).acts
    assert {c.document for c in asked.ask(question, where=Where(acts=(TAX,))).citations} <= {TAX}
    assert not asked.ask(question, where=Where("laws", kinds=("decree",))).acts
    in_kazakh = asked.ask(_ASKED["kk"], where=Where("laws", languages=("kk",)))
    assert in_kazakh.acts
    with pytest.raises(BadReference, match="library"):
        assistant.ask(question, where=Where("laws"))
    for place, kinds, texts in (("shelf", [], []), ("both", ["poem"], []), ("both", [], ["fr"])):
        with pytest.raises(BadReference):
            where_of(place, [], kinds, texts)


def test_programs_choose_where_to_look(asked: Assistant, installed_folders: Folders) -> None:
    with served(asked, installed_folders) as address:
        client = Client(address, verbose=False)
        answer = client.predict("How high is the tax on cars?", act=TAX, api_name="/ask")
        assert {citation["document"] for citation in answer["citations"]} == {TAX}
        assert answer["library"]["acts"][0]["id"] == TAX
        with pytest.raises(AppError, match="kind of act"):
            client.predict("How high is the tax on cars?", kind="poem", api_name="/ask")


def test_a_follow_up_is_on_the_act_spoken_of(asked: Assistant) -> None:
    first = asked.ask("ст. 113 п. 1 ТК РК")
    then = asked.ask("а пункт 2?", earlier=first.thread)
    assert cited(then) == [f"{LABOUR}#art_113__para_2"]


def _away() -> str:
    return f"milvus://127.0.0.1:{free_port()}"


def _damaged(codes: Path, tmp_path: Path) -> str:
    shutil.copytree(codes, tmp_path / "damaged")
    file = tmp_path / "damaged" / "library.sqlite"
    whole = file.read_bytes()
    file.write_bytes(b"no database" + whole[11:])
    return str(tmp_path / "damaged")


def _outdated(codes: Path, tmp_path: Path) -> str:
    shutil.copytree(codes, tmp_path / "outdated")
    base = sqlite3.connect(tmp_path / "outdated" / "library.sqlite")
    base.execute("PRAGMA user_version = 99")
    base.commit()
    base.close()
    return str(tmp_path / "outdated")


def _of_another_model(codes: Path, tmp_path: Path) -> str:
    shutil.copytree(codes, tmp_path / "other")
    base = sqlite3.connect(tmp_path / "other" / "library.sqlite")
    base.execute("UPDATE told SET value = 'another model' WHERE name = 'embedder'")
    base.commit()
    base.close()
    return str(tmp_path / "other")


@pytest.mark.parametrize("kind", ["damaged", "outdated", "other_model", "bad_name"])
def test_a_library_that_cannot_be_asked_costs_no_answer(
    installed_folders: Folders, assistant: Assistant, codes: Path, tmp_path: Path, kind: str
) -> None:
    names = {"damaged": _damaged, "outdated": _outdated, "other_model": _of_another_model}
    name = names[kind](codes, tmp_path) if kind in names else "redis://nowhere"
    without = open_assistant(installed_folders, store=name, today=lambda: TODAY)
    for question, language in (("Могут ли меня задержать без решения суда?", "ru"), ("Мемлекеттік тіл қандай?", "kk")):
        plain, answer = assistant.ask(question), without.ask(question)
        said = message("laws.not_asked", language, why=message(f"laws.{kind}", language))
        if answer.library:
            assert answer.text == f"{plain.text}\n\n{said}"
        assert answer.citations == plain.citations
    of_an_act = without.ask("Labour Code art. 18")
    assert of_an_act.abstained  # article 18 of the Constitution is another
    asked = without.ask("How long is maternity leave?")
    assert asked.library
    assert asked.library.told == message("laws.not_asked", "en", why=message(f"laws.{kind}", "en"))
    assert any("Library of laws" in step.text for step in asked.trace)
    [finding] = [f for f in examine(installed_folders, store=name) if "library" in f.what.lower() and not f.ok]
    assert finding.what.startswith("library of laws: ")


def test_an_engine_that_is_away_costs_no_answer(installed_folders: Folders, assistant: Assistant) -> None:
    pytest.importorskip("index.stores.milvus")
    without = open_assistant(installed_folders, store=_away(), today=lambda: TODAY)
    question = "Can the police detain me without a court order?"
    answer = without.ask(question)
    assert answer.citations == assistant.ask(question).citations
    assert answer.library
    assert answer.library.told


def test_a_library_that_comes_back_is_asked_again(codes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.legislation.opening._REST", 0.0)
    at_hand = LegislationAtHand(str(tmp_path / "later"), open_embedder())
    with pytest.raises(Exception, match="library add"):
        at_hand.store.health()
    shutil.copytree(codes, tmp_path / "later")
    assert at_hand.store.count().acts == 3
    at_hand.store.close()


def test_the_store_is_chosen_by_option_environment_settings_and_folder(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen_store(folders) is None
    (folders.data / "library").mkdir(parents=True)
    assert chosen_store(folders) == str(folders.data / "library")
    (folders.data / FILE).write_text('store = "milvus://laws:19530"\n', encoding="utf-8")
    assert chosen_store(folders) == "milvus://laws:19530"
    monkeypatch.setenv("ATAZAN_STORE", "/elsewhere")
    assert chosen_store(folders) == "/elsewhere"
    assert chosen_store(folders, "here") == "here"


def test_doctor_tells_how_the_library_is(installed_folders: Folders, codes: Path) -> None:
    [finding] = [f for f in examine(installed_folders, store=str(codes)) if f.what.startswith("library of laws")]
    assert finding.ok
    assert "3 acts" in finding.what
