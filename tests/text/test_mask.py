"""What identifies a person does not leave in a quote; what does not, stays."""

from __future__ import annotations

import pytest

from tropa.text import mask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Звоните +7 (999) 123-45-67 после шести", "Звоните [phone] после шести"),
        ("89991234567", "[phone]"),
        ("call me at (415) 555-0123 ext 2", "call me at [phone] ext 2"),
        ("почта ivan.petrov+1@mail.example.ru, жду", "почта [e-mail], жду"),
        ("карта 4276 1234 5678 9012", "карта [card]"),
        ("card 4276123456789012.", "card [card]."),
        ("счёт 40817810099910004312", "счёт [number]"),
        ("СНИЛС 112-233-445 95", "СНИЛС [number]"),
        ("паспорт 4510 123456 выдан", "паспорт [passport] выдан"),
        ("passport AB1234567", "passport [passport]"),
        ("Меня зовут Иван Петров, я клиент", "Меня зовут [name], я клиент"),
        ("Моя фамилия Ким.", "Моя фамилия [name]."),
        ("My name is John Smith", "My name is [name]"),
        ("нахамила Козлова Анна Сергеевна", "нахамила [name]"),
        ("жаловался Ивану Ильичу Громову", "жаловался [name]"),
        ("Менеджер Анна помогла", "Менеджер [name] помогла"),
        ("живу на ул. Ленина, д. 5, кв. 12 и жду", "живу на [address] и жду"),
        ("at 12 Baker Street today", "at [address] today"),
        ("пишите @ivan_p или https://t.me/ivan", "пишите [account] или [link]"),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ждал с 10:30 до 18:00, 27.11.2024 15:32:11",
        "2024-11-27 15:32 оплатил 1 250 000 рублей",
        "заказ 12345678 на $1,200,000.00",
        "Иван хороший, Москва красивая. Ограничен, включена, причина",
        "Обычная история, 5 из 10, 100 %",
        "😡😡😡",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert mask(text) == text


def test_a_masked_text_is_masked() -> None:
    once = mask("Меня зовут Иван, +7 999 123 45 67, a@b.ru, ул. Мира, 5")
    assert mask(once) == once
