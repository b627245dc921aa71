"""Working together: the first owner, invitations, roles, a session that ends, a map by link."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.contract.test_every_analysis import MAP, rows
from tests.e2e.drive import OpenPage, Service, violations
from tests.helpers import make_workspace

from tropa.store.documents.people import ROLES
from tropa.workspace.people import Accounts
from tropa.workspace.settings import Settings

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
    asked = owner.get_by_role("dialog", name="Revoke the link?")
    expect(asked).to_contain_text(re.compile(r"It was opened 1 time, \d+ \w+ \d{4}, \d\d:\d\d"))
    assert violations(owner) == []
    asked.get_by_role("button", name="Keep", exact=True).click()
    asked.wait_for(state="hidden")
    expect(row).not_to_contain_text("revoked")
    row.get_by_role("button", name=re.compile("Revoke")).click()
    asked.get_by_role("button", name="Revoke", exact=True).click()
    expect(row).to_contain_text("revoked")
    guest.reload()
    expect(guest.get_by_role("heading", name="По этой ссылке карты нет")).to_be_visible()
    assert violations(guest) == []
    guest.get_by_role("link", name="Ко входу").click()
    expect(guest.get_by_label("Имя или почта")).to_be_visible()
    assert violations(guest) == []


# What each role is offered beside the map, its list and the findings: [explore, start, new map, revoke and invite].
OFFERED = {
    "reader": (False, False, False, False),
    "editor": (False, True, True, False),
    "analyst": (True, True, True, False),
    "owner": (True, True, True, True),
}


@pytest.fixture(scope="module")
def roles(
    tmp_path_factory: pytest.TempPathFactory, make_service: Callable[[Path], Service]
) -> Callable[[str, OpenPage], Page]:
    """Opens the page of a service in Moscow for somebody of a role, whose browser is in Honolulu."""
    folder = tmp_path_factory.mktemp("roles") / "ws"
    workspace = make_workspace(folder, *rows(), map_text=MAP, settings=Settings("Лавка", "ru", "Europe/Moscow"))
    address = make_service(workspace.folder).address  # which answers nobody once somebody has an account
    accounts = Accounts(workspace.documents)
    for role in reversed(ROLES):
        accounts.add(role, role, PASSWORD)

    def enter(role: str, open_page: OpenPage) -> Page:
        page = open_page(address, language="ru", zone="Pacific/Honolulu").page
        page.get_by_label("Имя или почта").fill(role)
        page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Войти", exact=True).click()
        page.get_by_role("grid").wait_for()
        return page

    return enter


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_offered_that_is_refused(
    roles: Callable[[str, OpenPage], Page], open_page: OpenPage, role: str
) -> None:
    """Any answer of 401 or 403 on the way fails the test: `open_page` expects none."""
    page = roles(role, open_page)
    explores, starts, makes, owns = OFFERED[role]
    sections = page.get_by_role("navigation", name="Разделы")
    for name, offered in (("Анализ", explores), ("Начало", starts), ("Находки", True)):
        expect(sections.get_by_role("link", name=re.compile(name))).to_have_count(int(offered))
    expect(page.get_by_role("link", name="Изменить", exact=True)).to_have_count(int(makes))
    expect(page.get_by_role("button", name="Поделиться", exact=False)).to_have_count(int(owns))

    sections.get_by_role("link", name="Карты", exact=True).click()
    expect(page.get_by_role("link", name="Изменить" if makes else "Посмотреть", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Новая карта")).to_have_count(int(makes))
    page.get_by_role("link", name="Изменить" if makes else "Посмотреть", exact=True).click()
    expect(page.get_by_role("button", name="О карте", exact=True)).to_have_count(int(makes))

    origin = page.url.split("/maps")[0]
    page.goto(f"{origin}/explore/paths")
    expect(page.locator("[data-refused]")).to_have_count(int(not explores))
    expect(page.get_by_role("navigation", name="Виды анализа")).to_have_count(int(explores))
    page.goto(f"{origin}/people")
    expect(page.locator("[data-refused]")).to_have_count(int(not owns))
    page.wait_for_load_state("networkidle")


def test_times_are_those_of_the_workspace(roles: Callable[[str, OpenPage], Page], open_page: OpenPage) -> None:
    page = roles("analyst", open_page)
    expect(page.get_by_role("banner")).to_contain_text("Время: Europe/Moscow")
    now = dt.datetime.now(ZoneInfo("Europe/Moscow"))
    said = page.get_by_text(re.compile(r"^загружены ")).inner_text()
    loaded = re.search(r"(\d+) \S+ (\d{4}), (\d\d):(\d\d)", said)
    assert loaded is not None, said
    day, year, hour, minute = map(int, loaded.groups())
    at = now.replace(year=year, day=day, hour=hour, minute=minute)
    assert abs((now - at).total_seconds()) < 1800, f"{said} is not the time in Moscow, {now}"


def test_maps_that_are_not_there_are_told_in_words(roles: Callable[[str, OpenPage], Page], open_page: OpenPage) -> None:
    page = roles("editor", open_page)
    origin = page.url.rstrip("/")
    other = page.request.post(f"{origin}/api/maps", data={"name": "Старая", "live": False}).json()["head"]["id"]
    assert page.request.post(f"{origin}/api/maps/{other}/archive").status == 200
    page.goto(f"{origin}/maps/{other}/edit")
    note = page.locator("[data-archived]")
    expect(note).to_contain_text("в архиве")
    expect(page.get_by_role("button", name="О карте", exact=True)).to_have_count(0)
    assert violations(page) == []
    note.get_by_role("button", name="Вернуть из архива").click()
    expect(note).to_have_count(0)
    expect(page.get_by_role("button", name="О карте", exact=True)).to_be_visible()

    lost = open_page(f"{origin}/s/nonsense", width=390, height=844, language="ru", expected=(404,)).page
    expect(lost.get_by_role("heading", name="По этой ссылке карты нет")).to_be_visible()
    assert violations(lost) == []
