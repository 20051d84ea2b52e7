"""Acts are found in folders of any known shape and read with what is told of them; what is no act says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus import CorpusError
from corpus.library.acts import Act, ActFile, ActMetadata, Unread
from corpus.library.folders import find_acts
from corpus.library.metadata import MetadataError, read_metadata
from corpus.library.reading import read_act
from qa.understanding.language import detect_language
from tests.invented import EIDS, KAZAKH, RUSSIAN


def _read(file: ActFile) -> Act:
    return read_act(file, file.path.read_bytes(), detect=detect_language, max_characters=1_000_000)


def _acts(*paths: Path) -> Iterator[Act]:
    for found in find_acts(paths):
        assert isinstance(found, ActFile), found
        yield _read(found)


def _refusal(path: Path) -> str:
    (found,) = find_acts([path])
    if isinstance(found, Unread):
        return found.reason
    with pytest.raises(CorpusError) as caught:
        _read(found)
    return str(caught.value)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _markdown(text: str) -> str:
    return text.replace("\n", "\n\n")


def _checkout(folder: Path, meta: str = "") -> Path:
    """The invented law as the reference bank has its acts."""
    _write(folder / "rus.md", _markdown(RUSSIAN))
    _write(folder / "kaz.md", _markdown(KAZAKH))
    if meta:
        _write(folder / "meta.yaml", meta)
    return folder


# Shapes


def test_the_laws_of_the_mirror_are_read_in_both_languages(mirror: Path) -> None:
    found = [file for file in find_acts([mirror]) if isinstance(file, ActFile) and file.path.suffix == ".md"]
    acts = {(act.id, act.language): act for act in map(_read, found)}
    assert len(acts) == 6
    for (name, language), act in acts.items():
        assert (act.kind, act.status, act.since) == ("constitutional_law", "in_force", date(2026, 7, 1)), name
        assert act.edition == date(2026, 7, 1)
        assert act.page.endswith({"ru": "/rus", "kk": "/kaz"}[language])
        other = acts[name, "kk" if language == "ru" else "ru"]
        assert [p.eid for p in act.provisions] == [p.eid for p in other.provisions]
        assert act.title != other.title
        assert not any(p.excluded for p in act.provisions)


def test_what_the_assistant_answers_from_anyway_is_left_to_it(mirror: Path) -> None:
    left = {found.path.name for found in find_acts([mirror]) if isinstance(found, Unread)}
    assert "kz-constitution-2026.ru.txt" in left
    assert "kz-law-on-legal-acts-2016.ru.pdf" not in left


def test_a_mirror_needs_no_manifest(mirror: Path, tmp_path: Path) -> None:
    for name in ("kz-constlaw-president-2026.ru.md", "kz-constlaw-president-2026.kk.md"):
        (tmp_path / name).write_bytes((mirror / name).read_bytes())
    acts = list(_acts(tmp_path))
    assert {(act.id, act.language) for act in acts} == {("kz-constlaw-president-2026", code) for code in ("kk", "ru")}
    assert {act.since for act in acts} == {date(2026, 7, 1)}


def test_a_checkout_of_the_bank_is_read_at_any_depth(tmp_path: Path) -> None:
    folder = _checkout(tmp_path / "laws" / "2020" / "garden", "title: {rus: Устав сада, kaz: Бақ жарғысы}\nngr: 77\n")
    _write(tmp_path / "README.md", "A checkout.")
    _write(tmp_path / ".git" / "rus.md", _markdown(RUSSIAN))
    kazakh, russian = _acts(tmp_path)
    assert (kazakh.id, kazakh.language, kazakh.title) == ("zan-77", "kk", "Бақ жарғысы")
    assert (russian.id, russian.language, russian.title) == ("zan-77", "ru", "Устав сада")
    assert [p.eid for p in kazakh.provisions] == EIDS
    assert [p.eid for p in russian.provisions] == EIDS  # without the paragraph that was excluded
    (alone,) = _acts(folder / "rus.md")
    assert alone == russian


def test_without_metadata_the_folder_names_the_act(tmp_path: Path) -> None:
    assert {act.id for act in _acts(_checkout(tmp_path / "устав сада"))} == {"устав-сада"}


def test_pages_of_the_official_site_tell_their_own_standing(mirror: Path) -> None:
    law, old, gone = (
        next(_acts(mirror / "adilet" / f"{name}.kaz.html")) for name in ("Z1300000088", "Z950002529_", "K930001000_")
    )
    assert (law.kind, law.status, law.number, law.since) == ("law", "in_force", "88-V", date(2013, 4, 15))
    assert (old.kind, old.status, old.number, old.since) == (
        "constitutional_law",
        "in_force",
        "2529",
        date(1995, 10, 16),
    )
    assert gone.status == "repealed"
    assert gone.until is not None
    assert law.page == "https://adilet.zan.kz/kaz/docs/Z1300000088"


def test_pages_without_a_text_are_refused(mirror: Path) -> None:
    assert "for scripts, without the text" in _refusal(mirror / "adilet" / "K2600000255.shell-2026-09.html")
    assert "act's own page" in _refusal(mirror / "adilet" / "not-a-document.html")


def test_other_documents_are_named_by_their_files(mirror: Path, tmp_path: Path) -> None:
    (tmp_path / "acts_rus.pdf").write_bytes((mirror / "kz-law-on-legal-acts-2016.ru.pdf").read_bytes())
    (act,) = _acts(tmp_path)
    assert (act.id, act.language, act.kind, act.number) == ("acts", "ru", "law", "480-V")
    assert act.title == "О правовых актах"
    assert (act.status, act.since) == ("unknown", date(2016, 4, 6))


def test_a_text_without_articles_is_read_by_paragraphs(tmp_path: Path) -> None:
    text = (
        "Об утверждении правил полива\nПриказ Министра садов Республики Казахстан от 5 мая 2021 года № 12\n"
        "ПРИКАЗЫВАЮ:\n1. Утвердить прилагаемые правила полива садов.\n2. Настоящий приказ вводится в действие завтра.\n"
    )
    (act,) = _acts(_write(tmp_path / "watering.ru.txt", text))
    assert (act.kind, act.number, act.since) == ("order", "12", date(2021, 5, 5))
    assert act.title == "Об утверждении правил полива"
    assert all(p.eid.startswith("par_") for p in act.provisions)
    assert "ПРИКАЗЫВАЮ" in " ".join(p.text for p in act.provisions)


@pytest.mark.parametrize(
    ("line", "kind", "number", "day"),
    [
        ("Кодекс Республики Казахстан от 23 ноября 2015 года № 414-V ЗРК.", "code", "414-V", date(2015, 11, 23)),
        ("Қазақстан Республикасының 2013 жылғы 15 сәуірдегі № 88-V Заңы.", "law", "88-V", date(2013, 4, 15)),
        ("Қазақстан Республикасының Кодексі 2015 жылғы 23 қараша № 414-V ҚРЗ", "code", "414-V", date(2015, 11, 23)),
        ("Указ Президента Республики Казахстан от 1 марта 2022 года № 805.", "decree", "805", date(2022, 3, 1)),
        ("Қазақстан Республикасы Үкіметінің 2020 жылғы 2 маусымдағы № 7 қаулысы", "resolution", "7", date(2020, 6, 2)),
        ("Қазақстан Республикасы Бақ министрінің 2021 жылғы 5 мамырдағы № 12 бұйрығы", "order", "12", date(2021, 5, 5)),
    ],
)
def test_the_head_tells_kind_number_and_day(tmp_path: Path, line: str, kind: str, number: str, day: date) -> None:
    kazakh = line.startswith("Қ")
    head, _, law = (KAZAKH if kazakh else RUSSIAN).partition("\n")
    path = _write(tmp_path / f"garden.{'kk' if kazakh else 'ru'}.txt", f"{head}\n{line}\n{law}")
    (act,) = _acts(path)
    assert (act.title, act.kind, act.number, act.since) == (head, kind, number, day)


@pytest.mark.parametrize(
    ("code", "law", "note"),
    [
        ("ru", RUSSIAN, "Сноска. Утратил силу Законом РК от 02.06.2024 № 7 (вводится в действие с 01.07.2024)."),
        ("kk", KAZAKH, "Ескерту. Күші жойылды - ҚР 02.06.2024 № 7 (01.07.2024 бастап қолданысқа енгізіледі) Заңымен."),
    ],
)
def test_a_note_tells_that_the_act_is_gone(tmp_path: Path, code: str, law: str, note: str) -> None:
    head, _, rest = law.partition("\n")
    (act,) = _acts(_write(tmp_path / f"garden.{code}.txt", f"{head}\n{note}\n{rest}"))
    assert (act.status, act.until) == ("repealed", date(2024, 6, 30))


def test_what_an_act_says_of_others_is_not_said_of_it(tmp_path: Path) -> None:
    text = (
        "Об утверждении правил полива\nВ соответствии с Законом Республики Казахстан от 6 апреля 2016 года № 480-V"
        " ПРИКАЗЫВАЮ:\n1. Утвердить прилагаемые правила полива садов.\n2. Утратил силу приказом от 1 мая 2022 года.\n"
    )
    (act,) = _acts(_write(tmp_path / "watering.ru.txt", text))
    assert (act.kind, act.number, act.since, act.status) == ("order", "", None, "unknown")
    text = (
        "Бақтарды суару қағидаларын бекіту туралы\nҚазақстан Республикасының 2016 жылғы 6 сәуірдегі № 480-V Заңына"
        " сәйкес БҰЙЫРАМЫН:\n1. Бақтарды суару қағидалары бекітілсін.\n"
    )
    (act,) = _acts(_write(tmp_path / "watering.kk.txt", text))
    assert (act.kind, act.number, act.since) == ("order", "", None)


def test_a_name_that_belies_its_text_is_refused(tmp_path: Path) -> None:
    assert "says kk" in _refusal(_write(tmp_path / "garden.kk.txt", RUSSIAN))


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    assert "empty" in _refusal(_write(tmp_path / "garden.ru.txt", ""))
    assert "kinds of files" in _refusal(_write(tmp_path / "garden.exe", "MZ"))
    with pytest.raises(CorpusError, match="no file or folder"):
        list(find_acts([tmp_path / "nowhere"]))


def test_a_manifest_reaches_nothing_outside_its_folder_and_may_be_broken(tmp_path: Path) -> None:
    _write(tmp_path / "secret.txt", RUSSIAN)
    row = '[[file]]\npath = "../secret.txt"\ndocument = "garden"\nlanguage = "ru"\n'
    _write(tmp_path / "mirror" / "MANIFEST.toml", row)
    assert "outside its folder" in _refusal(tmp_path / "mirror")
    _write(tmp_path / "mirror" / "MANIFEST.toml", "[[file]]\npath = 3\n")
    _write(tmp_path / "mirror" / "garden.ru.txt", RUSSIAN)
    refused, known = find_acts([tmp_path / "mirror"])
    assert isinstance(refused, Unread)
    assert "no list of files" in refused.reason
    assert isinstance(known, ActFile)  # by its name


def test_hundreds_of_acts_are_found(tmp_path: Path) -> None:
    for n in range(300):
        _write(
            tmp_path / f"{n % 7}" / f"act-{n}" / "rus.md", f"# Закон {n}\n\nСтатья 1.\n\nСад {n}.\n\nСтатья 2.\n\nДа.\n"
        )
    acts = list(_acts(tmp_path))
    assert len({act.id for act in acts}) == len({act.checksum for act in acts}) == 300
    assert {len(act.provisions) for act in acts} == {2}


# Metadata


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: Сад\nngr: V2100023456\ntype: Приказ\nstatus: Утративший силу\n",
            ActMetadata("V2100023456", {"": "Сад"}, kind="order", status="repealed"),
        ),
        (
            "title_ru: Сад\ntitle_kaz: Бақ\nid: 9\nkind: code\nactive: yes\nversion_date: 2026-07-01\nnumber: 0480\n",
            ActMetadata(
                "zan-9",
                {"ru": "Сад", "kk": "Бақ"},
                kind="code",
                status="in_force",
                number="0480",
                edition=date(2026, 7, 1),
            ),
        ),
        (
            "name: {ru: Сад}\nrepealed: true\nrepealed_date: 01.07.2024\ndate: 2020-02-03T00:00:00\nextra: [1, 2]\n",
            ActMetadata("", {"ru": "Сад"}, status="repealed", until=date(2024, 6, 30), adopted=date(2020, 2, 3)),
        ),
        (
            "repealed: no\nstatus: Күшінде\neffective_date: 5 июня 2026 года\nsource: {rus: 'https://a/rus'}\n",
            ActMetadata(status="in_force", since=date(2026, 6, 5), pages={"ru": "https://a/rus"}),
        ),
        ("type: Рескрипт\nstatus: null\nsource: the bank\n", ActMetadata(kind="other")),
        ("active: false\n", ActMetadata(status="repealed")),
        ("in_force: no\n", ActMetadata(status="not_yet")),
    ],
)
def test_metadata_are_read_under_the_names_in_use(text: str, expected: ActMetadata) -> None:
    assert read_metadata(text.encode(), "meta.yaml") == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: [unclosed\n", "garden/meta.yaml is not YAML"),
        ("- a\n- b\n", "holds no fields"),
        ("version_date: soon\n", "version_date is 'soon', which is no day"),
        ("version_date: 2026-02-31\n", "version_date is '2026-02-31', which is no day"),
        ("number: [1, 2]\n", "number is a list or a table"),
        ("title: {ru: [Сад]}\n", "title is a list or a table"),
        ("a: " + "[" * 5000, "garden/meta.yaml is not YAML"),
        ("a: &a [x]\nb: &b [*a, *a]\ntitle: *b\n", "title is a list"),
        ("x" * 300_000, "larger than 256 KB"),
    ],
)
def test_wrong_metadata_are_named_by_file_and_field(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(MetadataError, match=r"meta\.yaml"):
        read_metadata(text.encode(), "meta.yaml")
    _checkout(tmp_path / "garden", text)
    found = list(find_acts([tmp_path]))
    assert [type(row) for row in found] == [Unread, Unread]
    assert all(isinstance(row, Unread) and told in row.reason for row in found)
