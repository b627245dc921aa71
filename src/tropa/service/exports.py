"""The routes by which a map, and the report, are taken away as files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from tropa.exports.report import FORMATS, ReportParams, report
from tropa.exports.take import LIVE, MEDIA, TakeParams, take
from tropa.service.address import in_address
from tropa.service.answers import workspace_of
from tropa.service.errors import RESPONSES, THROTTLED
from tropa.service.who import needs

router = APIRouter(prefix="/api", tags=["exports"], dependencies=[Depends(needs("read"))])
_Params: Any = in_address(TakeParams)
_Report: Any = in_address(ReportParams)


def _files(forms: Iterable[str]) -> dict[int | str, dict[str, Any]]:
    media = (MEDIA[form].partition(";")[0] for form in forms)
    return {
        200: {
            "description": "The file; its name stands in Content-Disposition.",
            "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in media},
        }
    }


@router.get(
    "/maps/{map_id}/export",
    responses={**RESPONSES, **THROTTLED, **_files(MEDIA)},
    operation_id="exportMap",
    response_class=Response,
)
def export_map(
    request: Request,
    params: Annotated[_Params, Query()],
    map_id: Annotated[
        str, Path(max_length=100, description="a map, or `live`: what the living map shows", examples=[LIVE])
    ],
) -> Response:
    """The map with what was measured on it, as a file; the same filters as everywhere."""
    taken = take(workspace_of(request), params, map_id)
    return Response(taken.data, media_type=taken.media, headers={"Content-Disposition": disposition(taken.name)})


@router.get(
    "/report",
    responses={**RESPONSES, **THROTTLED, **_files(FORMATS)},
    operation_id="report",
    response_class=Response,
)
def get_report(request: Request, params: Annotated[_Report, Query()]) -> Response:
    """The report: aim and data, key numbers, the map, findings in order of money, and how it was computed.

    Takes as long as the findings do where they are not known yet. Customers are under pseudonyms, whoever asks.
    """
    taken = report(workspace_of(request), params)
    return Response(taken.data, media_type=taken.media, headers={"Content-Disposition": disposition(taken.name)})


def disposition(name: str) -> str:
    """An attachment under a name in any script (RFC 6266): plain letters for old readers, all of it for the others."""
    stem, _, ending = name.rpartition(".")
    plain = "".join(letter for letter in stem if letter.isascii() and (letter.isalnum() or letter in " -_.")).strip(
        " ."
    )
    return f"attachment; filename=\"{plain or 'map'}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
