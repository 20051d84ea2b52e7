"""An invented law that was changed: its editions in two languages, a catalogue and a mirror of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

from corpus import Folders, load_catalogue
from corpus.catalogue import Catalogue, Edition, parse_catalogue
from corpus.fetching import fetch_all
from corpus.identity import Identity, identity_of
from corpus.parsing.structure import parse
from corpus.readers import read_plain
from index import open_embedder
from qa import Assistant
from qa.setup.installation import Models, assistant_over, index_of
from qa.setup.installed import Installed, installed

LAW = "orchard"
FIRST, SECOND, THIRD = "2020-01-01", "2022-03-01", "2024-01-01"
TODAY = date(2026, 11, 23)

_RUSSIAN = """Закон о плодовых садах
Статья 1. Яблони
Каждый садовод вправе посадить у забора две яблони.
Статья 2. Полив
{watering}
"""
_KAZAKH = """Жеміс бақтары туралы заң
1-бап. Алма ағаштары
Әр бағбан қоршаудың жанына екі алма ағашын отырғызуға құқылы.
2-бап. Суару
{watering}
"""
_NOTES = {
    "ru": (
        "Сноска. Статья 2 - в редакции Закона РК от 10.02.2022 № 7-VII (вводится в действие с 01.03.2022).",
        "Статья 3. Ульи\nВ саду разрешается держать семь ульев.\nСноска. Закон дополнен статьей 3 в соответствии с"
        " Законом РК от 10.02.2022 № 7-VII (вводится в действие с 01.03.2022).",
        "Сноска. Статья 1 с изменением, внесенным Законом РК от 05.12.2023 № 9-VII (вводится в действие с 01.01.2024).",
    ),
    "kk": (
        "Ескерту. 2-бап жаңа редакцияда - ҚР 10.02.2022 № 7-VII (01.03.2022 бастап қолданысқа енгізіледі) Заңымен.",
        "3-бап. Ара ұялары\nБақта жеті ара ұясын ұстауға рұқсат етіледі.\nЕскерту. Заң 3-баппен толықтырылды - ҚР"
        " 10.02.2022 № 7-VII (01.03.2022 бастап қолданысқа енгізіледі) Заңымен.",
        "Ескерту. 1-бапқа өзгеріс енгізілді - ҚР 05.12.2023 № 9-VII (01.01.2024 бастап қолданысқа енгізіледі) Заңымен.",
    ),
}
_WATERING = {
    "ru": ("Деревья поливают вечером, после захода солнца.", "Деревья поливают утром, до восхода солнца."),
    "kk": ("Ағаштар кешке, күн батқаннан кейін суарылады.", "Ағаштар таңертең, күн шыққанға дейін суарылады."),
}
_TREES = {"ru": ("две яблони", "пять яблонь"), "kk": ("екі алма", "бес алма")}


def orchard(language: str, edition: str) -> str:
    """The law as printed: the second edition rewords article 2 and adds article 3, the third changes article 1."""
    frame = {"ru": _RUSSIAN, "kk": _KAZAKH}[language]
    before, after = _WATERING[language]
    if edition == FIRST:
        return frame.format(watering=before)
    reworded, added, more_trees = _NOTES[language]
    text = f"{frame.format(watering=after)}{reworded}\n{added}\n"
    if edition == THIRD:
        head, rest = text.replace(*_TREES[language]).split("\n", 3)[:3], text.split("\n", 3)[3]
        text = "\n".join([*head, more_trees, rest])
    return text


def identity_of_orchard(language: str, edition: str) -> Identity:
    return identity_of(parse(LAW, language, read_plain(orchard(language, edition).encode())))


def known_orchards(edition: Edition) -> Mapping[str, str]:
    """What `corpus.identity.known_provisions` is for real documents."""
    return identity_of_orchard(edition.language, edition.edition).provisions


def orchard_catalogue(
    editions: Sequence[str] = (FIRST, SECOND), languages: Sequence[str] = ("ru", "kk"), source: str = '["bank-day"]'
) -> Catalogue:
    """The law with the real publishers and the number 77 in the reference bank."""
    real = resources.files("corpus").joinpath("catalogue.toml").read_text(encoding="utf-8")
    publishers = real[real.index("[publisher.") : real.index("[[document]]")]
    names = '{ kk = "Бақ", ru = "Сад", en = "Orchard" }'
    head = (
        f'[[document]]\nid = "{LAW}"\nkind = "law"\nstatus = "in_force"\ntitle = {names}\nshort_title = {names}\n'
        f'in_force_from = {FIRST}\npage = {{ kk = "k", ru = "r", en = "e" }}\npublished = {{ bank = "77" }}\n'
    )
    rows = []
    for language in languages:
        for day in editions:
            found = identity_of_orchard(language, day)
            rows.append(
                f'[[document.edition]]\nlanguage = "{language}"\nedition = "{day}"\narticles = {found.articles}\n'
                f'sha256 = "{found.checksum}"\nsource = {source}\n'
            )
    return parse_catalogue(publishers + head + "".join(rows))


def mirror_of_orchards(folder: Path, editions: Sequence[str] = (FIRST, SECOND)) -> Path:
    """A mirror with the editions in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for language in ("ru", "kk"):
        for day in editions:
            (folder / f"{language}.{day}.txt").write_text(orchard(language, day), encoding="utf-8")
            rows.append(
                f'[[file]]\npath = "{language}.{day}.txt"\ndocument = "{LAW}"\nlanguage = "{language}"\n'
                f'edition = "{day}"\nmedia_type = "text/plain"\n'
            )
    (folder / "MANIFEST.toml").write_text("".join(rows), encoding="utf-8")
    return folder


def installed_orchards(
    folders: Folders, editions: Sequence[str] = (FIRST, SECOND), languages: Sequence[str] = ("ru", "kk")
) -> Installed:
    """What is on a machine that fetched the editions."""
    catalogue = orchard_catalogue(editions, languages)
    mirror = mirror_of_orchards(folders.cache.parent / "mirror", editions)
    outcomes = fetch_all(catalogue, folders, mirror=str(mirror), known=known_orchards)
    assert [outcome.problem for outcome in outcomes if outcome.problem] == []
    return installed(folders, catalogue, TODAY)


def among_real_documents(state: Installed) -> Installed:
    """The same beside the plain words of the real documents, which are learned from."""
    return replace(state, catalogue=Catalogue((*load_catalogue().documents, *state.catalogue.documents)))


def assistant_of_orchards(folders: Folders, state: Installed) -> Assistant:
    """The assistant over them."""
    state, models = among_real_documents(state), Models(open_embedder())
    return assistant_over(index_of(folders, state, models.embedder), state, models, folders, lambda: TODAY)
