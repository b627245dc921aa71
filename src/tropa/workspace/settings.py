"""Settings of a workspace: `workspace.json` in its folder."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.text.service import TopicService

FILE = "workspace.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Attributes:
    name: of the company.
    language: of reports and the page, ru or en.
    timezone: of times that come without an offset, and of days on screens.
    currency: of the column `value`.
    goal_price: what one reached goal is worth, in `currency`; wins over what the data says.
    documents: PostgreSQL that keeps the documents, such as postgresql+pg8000://user:password@host/name; empty: SQLite.
    stale_days: evidence of a map that is older than so many days is shown as stale.
    topics: a server that may be asked about comments (`endpoint`, `model`, `key_env`, `embeddings`; see docs/voice.md);
        none: nothing leaves the machine. The key itself stands in the environment variable `key_env`, never here.
    max_links: identifiers linked to more others than this are not used to stitch customers.
    """

    name: str
    language: str = "en"
    timezone: str = "UTC"
    currency: str = ""
    max_links: int = 50
    format: int = FORMAT
    goal_price: float | None = None
    documents: str = ""
    stale_days: int = 180
    topics: dict[str, str] | None = None

    def __post_init__(self) -> None:
        price = self.goal_price
        if price is not None and not (isinstance(price, int | float) and math.isfinite(price) and price > 0):
            raise TropaError(f"{price!r} is no price of a goal.", "State a number above 0, or none.", kind="workspace")
        if not (isinstance(self.stale_days, int) and self.stale_days > 0):
            raise TropaError(
                f"{self.stale_days!r} is no number of days.", "State a whole number above 0.", kind="workspace"
            )

        if self.topics is not None:
            if not isinstance(self.topics, dict):
                raise TropaError("topics: a mapping is expected.", "See docs/voice.md.", kind="workspace")
            _ = self.topic_service

    @property
    def topic_service(self) -> TopicService | None:
        if self.topics is None:
            return None
        from tropa.text.service import TopicService

        return TopicService.of(self.topics)

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise TropaError(
                f"{FILE}: {self.timezone!r} is no time zone.", "Write one such as Europe/Moscow.", kind="workspace"
            ) from None


def read_settings(folder: Path) -> Settings:
    """Settings of an existing workspace.

    Raises:
        TropaError: when the folder is no workspace or its settings cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        found = "is no workspace" if folder.exists() else "does not exist"
        raise TropaError(f"{folder} {found}.", f"Make one with `tropa init {folder}`.", kind="workspace")
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Settings(**values)
    except (ValueError, TypeError) as error:
        raise TropaError(
            f"{path} cannot be read: {error}.", "Mend it or take it from a copy.", kind="workspace"
        ) from None


def write_settings(folder: Path, settings: Settings) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n", "utf-8")
    fresh.replace(folder / FILE)
