"""A small law of our own invention, in three languages, for tests that need no official text."""

from __future__ import annotations

ENGLISH = """Statute of the Garden Society
Section I
Members
Article 1
1. Every member may keep bees in the common garden.
2. The number of hives shall not exceed twelve. Honey shall be shared in equal parts.
The chairman keeps the list of hives.
Note. See the decision of the assembly of 3 May.
Article 2. The chairman
The chairman:
1) opens and closes the gate;
2) waters the roses.
In summer the roses are watered twice a day;
3) keeps the keys.
Footnote. Article 2 as amended in the spring.
Section II. Final provisions
Article 2-1
Dogs are not admitted.
Guide dogs are always admitted.
Article 3
1. The statute has effect from the first of April.
1-1. Excluded by the assembly.
"""

RUSSIAN = """Устав садового общества
Принят собранием 1 апреля.
Раздел I. Члены общества
Статья 1.
1. Каждый член общества вправе держать пчёл в общем саду.
2. Число ульев не может превышать двенадцати. Мёд делится поровну.
Список ульев ведёт председатель.
Примечание. См. решение собрания от 3 мая.
Статья 2. Председатель
Председатель:
1) открывает и закрывает калитку;
2) поливает розы.
Летом розы поливают дважды в день;
3) хранит ключи.
Сноска. Статья 2 с изменениями, внесёнными весной.
Раздел II. Заключительные положения
Статья 2-1
Собаки в сад не допускаются.
Собаки-поводыри допускаются всегда.
Статья 3.
1. Устав действует с первого апреля.
1-1. Исключён решением собрания.
"""

KAZAKH = """Бағбандар қоғамының жарғысы
I бөлім. Қоғам мүшелері
1-бап.
1. Қоғамның әр мүшесі ортақ бақта ара ұстай алады.
2. Ұялардың саны он екіден аспайды. Бал тең бөлінеді.
Ұялардың тізімін төраға жүргізеді.
2-бап. Төраға
Төраға:
1) қақпаны ашады және жабады;
2) раушан гүлдерін суарады.
Жазда раушан гүлдері күніне екі рет суарылады;
3) кілттерді сақтайды.
II бөлім. Қорытынды ережелер
2-1 бап
Иттер баққа кіргізілмейді.
Жетекші иттер әрқашан кіргізіледі.
3-бап
1. Жарғы бірінші сәуірден бастап қолданылады.
"""

BY_LANGUAGE = {"en": ENGLISH, "ru": RUSSIAN, "kk": KAZAKH}

# What a correct reading finds, the same in every language.
EIDS = [
    "art_1__para_1",
    "art_1__para_2",
    "art_1__para_2__subpara_2",
    "art_2",
    "art_2__point_1",
    "art_2__point_2",
    "art_2__point_2__subpara_2",
    "art_2__point_3",
    "art_2-1",
    "art_2-1__subpara_2",
    "art_3__para_1",
]
