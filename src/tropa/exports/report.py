"""The report of a workspace: the questions, then one of the formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from tropa.contract.filters import Filters, split_texts
from tropa.errors import TropaError, did_you_mean
from tropa.exports import numbers as write
from tropa.exports.make import About, make_sheet
from tropa.exports.report_make import Told, make_report
from tropa.exports.report_parts import Report
from tropa.exports.report_words import ReportWords
from tropa.exports.take import MEDIA, Taken, TakeParams, about_of, file_name
from tropa.exports.turn import one_at_a_time
from tropa.exports.words import Words

if TYPE_CHECKING:
    from tropa.store.manifest import Progress
    from tropa.workspace.workspace import Workspace

FORMATS = ("html", "pdf", "pptx")


class ReportParams(Filters):
    """In which format and language the report is, and which journeys it tells of."""

    format: Literal["html", "pdf", "pptx"] = Field("pdf", description="html, pdf or pptx")
    language: Literal["ru", "en"] | None = Field(
        None, description="the language; that of the workspace where this does not say it"
    )


def report_params(values: dict[str, Any]) -> ReportParams:
    """Parameters from plain values.

    Raises:
        TropaError: names the parameter, what was given and what is expected.
    """
    for name in values:
        if name not in ReportParams.model_fields:
            hint = did_you_mean(name, ReportParams.model_fields)
            raise TropaError(f"A report has no parameter {name!r}.", hint, kind="usage")
    try:
        return ReportParams.model_validate(split_texts(ReportParams, values))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TropaError(f"report: {where}: {first['msg']} (given: {first['input']!r}).", kind="usage") from None


def report(workspace: Workspace, params: ReportParams, progress: Progress | None = None) -> Taken:
    """The report as a file.

    Args:
        workspace: as the one who asks may see it; customers are under pseudonyms whoever asks.
        params: format, language and filters.
        progress: told while findings are made.

    Raises:
        TropaError: an empty workspace; filters that keep nothing, `compare` or `scenario`; a missing extra.
    """
    _check_extra(params.format)
    made = report_of(workspace, params, progress)
    name = file_name(f"{made.title} – {ReportWords(made.language)('report')}", params.format)
    with one_at_a_time():
        data = _WRITERS[params.format](made)
    return Taken(data, MEDIA[params.format], name)


def report_of(workspace: Workspace, params: ReportParams, progress: Progress | None = None) -> Report:
    """The report as values, before it has a format.

    Raises:
        TropaError: an empty workspace; filters that keep nothing, `compare` or `scenario`.
    """
    from tropa.cx.map_text import map_to_json
    from tropa.workspace.find import FindParams
    from tropa.workspace.living_map import living_map
    from tropa.workspace.masking import Masking

    language = params.language or workspace.language
    chosen = params.model_dump(include=set(Filters.model_fields))
    # First what refuses what a report cannot be asked.
    found = workspace.find(FindParams.model_validate({**chosen, "all": True, "language": language}), progress)
    # A report leaves the house: nobody is named in it, whoever asked for it.
    found = Masking(workspace.documents.people.secret("masking")).masked(found)
    filters = Filters.model_validate(chosen)
    given = filters.model_dump(exclude_defaults=True)
    answer = living_map(workspace, filters)
    moments = workspace.ask("moments_of_truth", **given).result
    expectations = workspace.ask("gaps", **given).result.tested
    document, version = workspace.map(), workspace.map_version()
    asked = TakeParams.model_validate({**chosen, "language": language})
    about = about_of(workspace, asked, language, version)
    plain = None if document is None else map_to_json(document)
    sheet = make_sheet(plain, answer, found, replace(about, hidden=()))
    said = ("", "") if version is None else (str(about.version), write.day(about.saved_on, language))
    return make_report(Told(sheet, answer, found, moments, expectations, _chosen(about), said))


def _chosen(about: About) -> str:
    """The filters in words; empty where all journeys are told of."""
    words = Words(about.language)
    limits = [
        words(key, day=write.day(day, about.language))
        for key, day in (("since", about.since), ("until", about.until))
        if day
    ]
    return ", ".join([*limits, *about.filters])


def _check_extra(form: str) -> None:
    from tropa.exports.extra import extra

    if form != "html":
        extra("typst" if form == "pdf" else "pptx")


def _html(made: Report) -> bytes:
    from tropa.exports.report_html import page

    return page(made)


def _pdf(made: Report) -> bytes:
    from tropa.exports.report_pdf import typeset_report

    return typeset_report(made)[0]


def _pptx(made: Report) -> bytes:
    from tropa.exports.report_slides import slides

    return slides(made)


_WRITERS: dict[str, Callable[[Report], bytes]] = {"html": _html, "pdf": _pdf, "pptx": _pptx}
