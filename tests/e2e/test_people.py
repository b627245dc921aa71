"""Working together: the first owner, invitations, roles, a session that ends, a map by link."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.contract.test_every_analysis import MAP, rows
from tests.e2e.drive import OpenPage, Service, violations
from tests.helpers import make_workspace

pytestmark = pytest.mark.browser
PASSWORD = "four words and 1 number"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, make_service: Callable[[Path], Service]) -> str:
    """A service in which nobody has an account before the first test."""
    folder = tmp_path_factory.mktemp("people") / "ws"
    return make_service(make_workspace(folder, *rows(), map_text=MAP).folder).address


def enter_as_owner(page: Page) -> None:
    """On the page of people: become the owner where nobody is, else sign in as the owner."""
    first, inside = page.locator("[data-first]"), page.locator("[data-people]")
    name = page.get_by_label("Name or e-mail")
    name.wait_for()
    alone = first.count() > 0
    name.fill("Anna Petrova")
    page.get_by_label("New password" if alone else "Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Become the owner" if alone else "Sign in", exact=True).click()
    inside.wait_for()


def make_link(page: Page, button: str) -> str:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    link = page.locator("[data-link] input").input_value()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    return link


def test_from_alone_to_together(address: str, open_page: OpenPage) -> None:
    owner = open_page(f"{address}/people").page
    owner.get_by_label("Name or e-mail").wait_for()
    assert violations(owner) == []
    enter_as_owner(owner)
    link = make_link(owner, "Invite")
    assert "/invite/" in link
    expect(owner.locator("[data-invitation]").first).to_be_visible()
    assert violations(owner) == []

    bob = open_page(link, width=390, height=844, language="ru").page
    bob.get_by_label("Имя или почта").fill("Борис 🙂 <b>жирный</b>")
    bob.get_by_label("Новый пароль").fill(PASSWORD)
    assert violations(bob) == []
    bob.get_by_role("button", name="Присоединиться").click()
    bob.get_by_role("button", name=re.compile("Учётная запись")).wait_for()
    bob.goto(f"{address}/people")
    expect(bob.locator("[data-refused]")).to_be_visible()
    assert violations(bob) == []

    owner.reload()
    person = owner.locator("[data-person]", has_text="Борис")
    expect(person.locator("bdi")).to_have_text("Борис 🙂 <b>жирный</b>")
    person.get_by_role("combobox").click()
    owner.get_by_role("option", name="Analyst").click()
    bob.reload()
    bob.get_by_role("button", name=re.compile("Учётная запись")).click()
    expect(bob.get_by_role("menu")).to_contain_text("Аналитик")
    assert violations(bob) == []

    person.get_by_role("button", name=re.compile("Actions")).click()
    owner.get_by_role("menuitem", name="Remove").click()
    owner.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(person).to_have_count(0)


def test_the_last_owner_is_told_why(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/people", width=390, height=844, scheme="dark", expected=(409,)).page
    enter_as_owner(page)
    page.get_by_role("combobox", name="Role of Anna Petrova").click()
    page.get_by_role("option", name="Reader").click()
    expect(page.get_by_role("alert")).to_contain_text("the last owner")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_signing_in_leads_to_where_one_wanted(address: str, open_page: OpenPage) -> None:
    owner = open_page(f"{address}/people").page
    enter_as_owner(owner)
    page = open_page(f"{address}/findings?all=1", language="ru", scheme="dark", expected=(401,)).page
    page.get_by_label("Имя или почта").fill("anna petrova")
    page.get_by_label("Пароль", exact=True).fill("не тот пароль")
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("не подходят")
    assert violations(page) == []
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.get_by_role("navigation").wait_for()
    assert page.url.endswith("/findings?all=1")
    page.get_by_role("button", name=re.compile("Учётная запись")).click()
    page.get_by_role("menuitem", name="Выйти", exact=True).click()
    page.get_by_label("Имя или почта").wait_for()


def test_a_session_that_ends_loses_nothing_typed(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/people", expected=(401,)).page
    enter_as_owner(page)
    page.get_by_role("button", name="Invite", exact=True).click()
    note = page.get_by_role("dialog").get_by_label("Whom it is for")
    note.fill("Bob, whose name took long to type")
    page.context.clear_cookies()
    page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    again = page.get_by_role("dialog", name="Your session has ended")
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    assert violations(page) == []
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for(state="hidden")
    expect(note).to_have_value("Bob, whose name took long to type")
    page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    expect(page.locator("[data-link]")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_map_by_link(address: str, open_page: OpenPage, width: int) -> None:
    owner = open_page(f"{address}/people").page
    enter_as_owner(owner)
    link = make_link(owner, "Share a link")
    row = owner.locator("[data-share]", has_text="not opened yet")
    share = row.get_attribute("data-share")
    row = owner.locator(f"[data-share='{share}']")
    expect(row).to_contain_text("not opened yet")

    guest = open_page(link, width=width, language="ru", scheme="dark", expected=(404,)).page
    expect(guest.get_by_role("heading", name="Shop")).to_be_visible()
    expect(guest.get_by_text("Basket").first).to_be_visible()
    expect(guest.get_by_role("navigation")).to_have_count(0)
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")

    owner.reload()
    expect(row).to_contain_text("last opened")
    row.get_by_role("button", name=re.compile("Revoke")).click()
    expect(row).to_contain_text("revoked")
    guest.reload()
    expect(guest.get_by_role("heading", name="По этой ссылке карты нет")).to_be_visible()
    assert violations(guest) == []
