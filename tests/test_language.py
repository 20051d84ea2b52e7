"""The language of a text, also where a print or a keyboard mixed alphabets."""

from __future__ import annotations

import pytest

from qa.understanding.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # A Latin i, e, o or a inside Kazakh words, as the official texts print them.
        ("Президент кiм сайлайды", "kk"),
        ("тiл", "kk"),
        ("Өлiм жазасы бар ма", "kk"),
        ("Бiздiң құқығымыз", "kk"),
        ("Мeмлeкeт бaсшысы кiм?", "kk"),
        ("Қазақстанда тiл туралы не айтылған?", "kk"),
        ("Мəжіліс деген не?", "kk"),  # a phonetic schwa
        ("Kто избирает Прeзидента?", "ru"),
        ("Можно ли ocпорить закон?", "ru"),
        ("Can the Рresident be removed?", "en"),  # a Cyrillic letter
        # A Kazakh name in a Russian question.
        ("закон про Халық Кеңесі", "ru"),
        ("что такое Қазақстан Халық Кеңесі", "ru"),
        ("Халық Кеңесі туралы заң", "kk"),
        # Kazakh sentences of Russian nouns, with or without Kazakh letters.
        ("справка керек пе", "kk"),
        ("кредит пен ипотека кайда кетти", "kk"),
        ("Алименттен бас тартсам, машина конфискация бола ма", "kk"),
        ("Не свидетель жок, не чек жок, калай дәлелдеймін", "kk"),
        ("А сессия маслихата в четверг?", "ru"),
        ("Сколько депутатов в Құрылтай избирают?", "ru"),
        ("2026", "ru"),
    ],
)
def test_the_language_whatever_the_letters(text: str, language: str) -> None:
    assert detect_language(text) == language
