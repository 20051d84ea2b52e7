"""The documents beside the Constitution as people name them, what Kazakhstan promised, and what is neither."""

from __future__ import annotations

import pytest

from qa.understanding.question import understand

# The laws and covenants beside the Constitution, as people name them.
_NAMES = {
    "kz-constlaw-kurultai-2026": [
        "Law on the Kurultai",
        "What does the law about the Kurultai say on quorum?",
        "What does the law of the Kurultai say on quorum?",
        "the law governing the Kurultai",
        "Kurultai's own law",
        'constitutional law "On the Kurultai"',
        "Kurultai act",
        "Does the Kurultai law say how deputies vote?",
        "Under the Kurultai Act, who chairs sittings?",
        "law on the status of deputies",
        "Конституционный закон «О Курултае Республики Казахстан»",
        "О Курултае Республики Казахстан и статусе его депутатов",
        "закон про курултай",
        "по закону о статусе депутатов",
        "закон, регулирующий Курултай",
        "что в законодательстве о Курултае",
        "Құрылтай жайлы заң",
        "Құрылтай туралы заңда не айтылған?",
        "«Құрылтай туралы»",
        "Құрылтай және оның депутаттарының мәртебесі туралы заң",
        "депутаттар мәртебесі туралы заң",
        "Құрылтай депутаттарының мәртебесі туралы заң",
    ],
    "kz-constlaw-president-2026": [
        "в законе про президента",
        "«О Президенте Республики Казахстан»",
        "the law about the President",
        "Does the law on the President allow gifts?",
        "Президент жайлы заң",
        "Президент жөніндегі заңда",
        "Қазақстан Республикасының Президенті туралы конституциялық заң",
    ],
    "kz-constlaw-peoples-council-2026": [
        "закон про Халық Кеңесі",
        "закон о Казахстан Халык Кенеси",
        "закон о Народном совете",
        "law about the People's Council",
        "the People’s Council law",
        "Khalyk Kenesi law",
        "law on the Qazaqstan Khalyq Kenesi",
        "Халық Кеңесі жайлы заң",
        "Сколько мест по закону о Халық Кеңесі дают маслихатам?",
        "«Қазақстан Халық Кеңесі туралы» заң",
    ],
    "iccpr": [
        "the political covenant",
        "the civil and political covenant",
        "пакт по гражданским и политическим правам",
        "политический пакт",
        "саяси пакт",
        "Азаматтық және саяси құқықтар туралы халықаралық пакт",
        "При каком пакте о гражданских правах?",
        "МПГПП",
        "What does the UN treaty on civil rights promise newborns?",
    ],
    "icescr": [
        "the economic covenant",
        "social covenant",
        "the economic, social and cultural covenant",
        "экономический пакт",
        "социальном пакте",
        "экономикалық пакт",
        "Экономикалық, әлеуметтік және мәдени құқықтар туралы халықаралық пактіде",
        "ICESCR",
    ],
}


@pytest.mark.parametrize(
    ("text", "document"), [(name, document) for document, names in _NAMES.items() for name in names]
)
def test_documents_beside_the_constitution_named(text: str, document: str) -> None:
    assert understand(text).document == document


@pytest.mark.parametrize(
    "text",
    [
        "What has Kazakhstan promised internationally about torture?",
        "What did Kazakhstan commit to at the United Nations?",
        "Is Kazakhstan bound by international human rights treaties on fair trial?",
        "Does international law oblige Kazakhstan to allow protests?",
        "Which UN treaties did Kazakhstan join?",
        "What human rights treaties has Kazakhstan ratified?",
        "Which human rights treaties is Kazakhstan a party to?",
        "the Covenants",
        "UN covenant on human rights",
        "Что Казахстан обещал перед ООН?",
        "Какие международные обязательства есть у Казахстана по пыткам?",
        "Какие международные договоры о правах человека ратифицировал Казахстан?",
        "Обязался ли Казахстан перед мировым сообществом не пытать?",
        "пакт по правам человека",
        "пакты ООН",
        "что говорят международные пакты о забастовках",
        "Қазақстан БҰҰ алдында қандай міндеттеме алды?",
        "Қазақстан адам құқықтары бойынша халықаралық деңгейде не уәде етті?",
        "БҰҰ пактісі",
        "пактілер",
        "халықаралық пактілер не дейді",
        "Қазақстан қандай халықаралық шарттарға қосылды?",
    ],
)
def test_what_kazakhstan_promised_other_states(text: str) -> None:
    question = understand(text)
    assert question.commitments
    assert question.document is None


@pytest.mark.parametrize(
    "text",
    [
        "Do international treaties prevail over national law?",
        "Who ratifies international treaties?",
        "Who signs international treaties?",
        "Can the President sign an international treaty alone?",
        "Which body ratifies and denounces international treaties?",
        "Are ratified international treaties above the laws?",
        "Is a citizen obliged to obey international law?",
        "Who is bound by international treaties?",
        "Must judges be bound by international treaties?",
        "Can the Kurultai act without the President?",
        "How does the Kurultai act?",
        "When must the President act?",
        "May the President act alone?",
        "Can the President veto a law of the Kurultai?",
        "When does a Kurultai law come into force?",
        "Does the Kurultai law-making bind the Government?",
        "Is a political pact between parties allowed?",
        "Какие международные договоры подписывает Президент?",
        "Кто ратифицирует международные договоры?",
        "Кто подписывает международные договоры?",
        "Какой орган ратифицирует и денонсирует международные договоры?",
        "Имеют ли ратифицированные международные договоры приоритет?",
        "Обязательны ли международные договоры для судов?",
        "Обязан ли суд применять международные договоры?",
        "Кто обязан соблюдать международное право?",
        "пакет законов",
        "экономический пакет мер",
        "Контакты депутатов",
        "закон о Первом Президенте",
        "закон о статусе депутатов маслихатов",
        "Что говорит Конституция о Курултае Республики Казахстан?",
        "Может ли Президент отклонить закон Курултая?",
        "законопроект о Курултае",
        "Конституциядағы халықаралық шарттар туралы не айтылған?",
        "Халықаралық шарттарды кім ратификациялайды?",
        "Халықаралық шарттарға кім қол қояды?",
        "Халықаралық шарттар заңнан жоғары тұра ма?",
        "Халықаралық шарттарды орындауға кім міндетті?",
        "Құрылтай қабылдаған заңға Президент қол қоя ма?",
        "Тұңғыш Президенті туралы заң",
        "Президент туралы не айтылған?",
        "Құрылтай туралы не айтылған?",
        "Халық Кеңесі туралы Конституцияда не бар?",
        "Президенттің халықаралық шарттар бойынша міндеті қандай?",
        "Президент халықаралық келісімге қол қою құқығын қайдан алды?",
    ],
)
def test_the_constitutions_own_matters_are_neither_promises_nor_other_documents(text: str) -> None:
    question = understand(text)
    assert not question.commitments
    assert question.document is None


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        ("Does the Kurultai law say how deputies vote?", "Kurultai law", "deputies vote"),
        ("Что говорит пакт по правам человека о забастовках?", "правам человека", "забастовках"),
        ("Does the political covenant forbid torture?", "covenant", "torture"),
        ("Президент жайлы заңда сыйлық туралы не бар?", "Президент", "сыйлық"),
    ],
)
def test_the_name_is_no_part_of_the_topic(text: str, gone: str, stays: str) -> None:
    topic = understand(text).topic
    assert gone not in topic
    assert stays in topic
