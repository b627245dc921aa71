"""Taking a map away: the questions to the workspace, then one of the formats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from tropa.contract.filters import Filters, split_texts
from tropa.errors import TropaError, did_you_mean
from tropa.exports.make import About, make_sheet
from tropa.exports.numbers import Language
from tropa.exports.sheet import Sheet
from tropa.exports.turn import one_at_a_time
from tropa.exports.words import Words

if TYPE_CHECKING:
    from tropa.findings.finding import Findings
    from tropa.workspace.workspace import Workspace

Format = Literal["pdf", "png", "pptx", "xlsx", "csv", "html", "yaml"]
MOST_PIXELS = 40_000_000
"""Of a PNG: each takes a dozen bytes of memory while it is drawn."""
POINTS_PER_INCH = 72
LIVE = "live"
"""The map that the living map shows; of a workspace without any, the journeys as they are."""

MEDIA: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}


class TakeParams(Filters):
    """How a map is taken away, and which journeys are counted on it."""

    format: Format = Field("pdf", description="pdf, png, pptx, xlsx, csv, html or yaml")
    paper: Literal["a4", "a3", "a2", "a1"] = Field("a3", description="of pdf and png: the sheet of paper")
    orientation: Literal["landscape", "portrait"] = Field("landscape", description="of pdf and png")
    layout: Literal["fit", "pages"] = Field(
        "fit", description="of pdf: the whole on one page, or as many pages as it takes with the heads repeated"
    )
    findings: Literal["ready", "yes", "no"] = Field(
        "ready", description="findings on the map: where they are known already, in any case (may take minutes), or not"
    )
    language: Literal["ru", "en"] | None = Field(
        None, description="the language; that of the workspace where this does not say it"
    )
    lane: list[str] = Field(
        default_factory=list, description="lanes in their order; repeat; else as the author has them"
    )
    hide: list[str] = Field(
        default_factory=list, description="lanes to leave out; repeat; `-` leaves out none; else those of the author"
    )
    dots: int = Field(144, ge=36, le=400, description="of png: dots an inch")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file: its bytes, what they are, and a name to keep it under."""

    data: bytes
    media: str
    name: str


def take_params(values: dict[str, Any]) -> TakeParams:
    """Parameters from plain values.

    Raises:
        TropaError: names the parameter, what was given and what is expected.
    """
    for name in values:
        if name not in TakeParams.model_fields:
            raise TropaError(
                f"An export has no parameter {name!r}.", did_you_mean(name, TakeParams.model_fields), kind="usage"
            )
    try:
        return TakeParams.model_validate(split_texts(TakeParams, values))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TropaError(f"export: {where}: {first['msg']} (given: {first['input']!r}).", kind="usage") from None


def take(workspace: Workspace, params: TakeParams, map_id: str = LIVE) -> Taken:
    """The map as a file.

    Args:
        workspace: as the one who asks may see it.
        params: format and filters.
        map_id: one of its maps, or `LIVE`.

    Raises:
        TropaError: no such map; filters that keep nothing; a missing extra; what a format cannot do.
    """
    if params.compare:
        raise TropaError("A map that is taken away shows one group.", "Take one away for each group.", kind="usage")
    if params.format == "png" and params.layout == "pages":
        raise TropaError("A picture is one page.", "Take the whole map (layout fit), or a PDF of pages.", kind="usage")
    if params.format == "yaml":
        return _yaml(workspace, map_id)
    if params.format == "png":
        _check_pixels(params)
    sheet = sheet_of(workspace, params, map_id)
    with one_at_a_time():
        data = _WRITERS[params.format](sheet, params)
    return Taken(data, MEDIA[params.format], file_name(sheet.title, params.format))


def _check_pixels(params: TakeParams) -> None:
    from tropa.exports.drawing.pages import page_size

    width, height = page_size(params.paper, params.orientation == "landscape")
    pixels = width * height * (params.dots / POINTS_PER_INCH) ** 2
    if pixels > MOST_PIXELS:
        most = int(POINTS_PER_INCH * (MOST_PIXELS / (width * height)) ** 0.5)
        raise TropaError(
            f"{params.paper.upper()} at {params.dots} dots an inch is a picture of {pixels / 1e6:.0f} megapixels; "
            f"it may have {MOST_PIXELS / 1e6:.0f}.",
            f"Take {most} dots at most, a smaller paper, or a PDF: it is sharp at any size.",
            kind="usage",
        )


def file_name(title: str, form: str) -> str:
    """A name that every file system takes, from the name of the map."""
    kept = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+', " ", title)
    kept = " ".join(kept.split())[:80].strip(" .") or "map"
    return f"{kept}.{form}"


def _yaml(workspace: Workspace, map_id: str) -> Taken:
    from tropa.cx.map_file import parse_map
    from tropa.workspace.maps import no_map

    version = workspace.map_version() if map_id == LIVE else workspace.documents.maps.version(map_id)
    if version is None:
        raise no_map(workspace)
    text = version.text
    document = parse_map(text)
    if version.format != "yaml":
        from tropa.cx.map_text import render_map

        text = render_map(document)
    return Taken(text.encode("utf-8"), MEDIA["yaml"], file_name(document.name, "yaml"))


def sheet_of(workspace: Workspace, params: TakeParams, map_id: str = LIVE) -> Sheet:
    """The values of a map, measured where there is data.

    Raises:
        TropaError: no such map, or filters that keep nothing.
    """
    from tropa.cx.map_file import parse_map
    from tropa.cx.map_text import map_to_json
    from tropa.workspace.living_map import living_map

    version = workspace.map_version() if map_id == LIVE else workspace.documents.maps.version(map_id)
    document = workspace.map() if map_id == LIVE else parse_map(version.text) if version else None
    if document is not None and map_id != LIVE:
        workspace = workspace.using(document)
    answer = None
    if workspace.store.head.tables.get("events") is not None:
        answer = living_map(workspace, Filters.model_validate(params.model_dump(include=set(Filters.model_fields))))
    language = params.language or workspace.language
    found = None if answer is None else _findings(workspace, params, language)
    plain = None if document is None else map_to_json(document)
    about = about_of(workspace, params, language, version)
    return make_sheet(plain, answer, found, about)


def _findings(workspace: Workspace, params: TakeParams, language: Language) -> Findings | None:
    if params.findings == "no" or (params.scenario and params.findings == "ready"):
        return None
    from tropa.workspace.find import FindParams

    asked = FindParams.model_validate(
        {**params.model_dump(include=set(Filters.model_fields)), "all": True, "language": language}
    )
    return workspace.find(asked) if params.findings == "yes" or workspace.has_found(asked) else None


def about_of(workspace: Workspace, params: TakeParams, language: Language, version: Any) -> About:
    """What a sheet says of itself; `version` is the version of the map, or None."""
    words = Words(language)
    settings = workspace.settings
    chosen = [*params.segment, *(words("channel", value=channel) for channel in params.channel), *params.scenario]
    return About(
        company=settings.name,
        language=language,
        currency=settings.currency,
        version=0 if version is None else version.version,
        saved_on="" if version is None else version.saved_at[:10],
        made_on=dt.datetime.now(settings.zone).date().isoformat(),
        filters=tuple(chosen),
        since="" if params.since is None else params.since.isoformat(),
        until="" if params.until is None else params.until.isoformat(),
        lanes=tuple(params.lane) or None,
        hidden=tuple(params.hide) or None,
    )


def _drawn(sheet: Sheet, params: TakeParams) -> bytes:
    from tropa.exports.drawing.paper import draw

    return draw(sheet, params.format == "png", params.paper, params.orientation, params.layout, params.dots)


def _pptx(sheet: Sheet, params: TakeParams) -> bytes:
    from tropa.exports.slides.deck import deck

    return deck(sheet)


def _xlsx(sheet: Sheet, params: TakeParams) -> bytes:
    from tropa.exports.tables import workbook

    return workbook(sheet)


def _csv(sheet: Sheet, params: TakeParams) -> bytes:
    from tropa.exports.tables import cards_csv

    return cards_csv(sheet)


def _html(sheet: Sheet, params: TakeParams) -> bytes:
    from tropa.exports.snapshot import snapshot

    return snapshot(sheet)


_WRITERS: dict[str, Callable[[Sheet, TakeParams], bytes]] = {
    "pdf": _drawn,
    "png": _drawn,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
    "html": _html,
}
