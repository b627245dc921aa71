"""Routes of the settings of a workspace."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from tropa.service.answers import workspace_of
from tropa.service.errors import RESPONSES
from tropa.service.who import needs
from tropa.workspace.configure import MAX_CURRENCY, MAX_NAME, configure
from tropa.workspace.settings import Settings

router = APIRouter(prefix="/api", tags=["settings"])


class WorkspaceSettings(BaseModel):
    """`goal_price`: what one reached goal is worth, in `currency`; none: as the data says."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME, examples=["Corner Shop"])]
    language: Literal["ru", "en"] = "en"
    timezone: Annotated[str, Field(max_length=64, examples=["Europe/Moscow"])] = "UTC"
    currency: Annotated[str, Field(max_length=MAX_CURRENCY, examples=["RUB"])] = ""
    goal_price: Annotated[float | None, Field(gt=0, allow_inf_nan=False, examples=[1500])] = None


def _told(settings: Settings) -> WorkspaceSettings:
    return WorkspaceSettings(
        name=settings.name[:MAX_NAME] or "-",
        language="ru" if settings.language == "ru" else "en",
        timezone=settings.timezone[:64],
        currency=settings.currency[:MAX_CURRENCY],
        goal_price=settings.goal_price,
    )


@router.get("/settings", operation_id="getSettings", dependencies=[Depends(needs("read"))])
def get_settings(request: Request) -> WorkspaceSettings:
    """Name, language, time zone, currency and the price of a goal."""
    return _told(workspace_of(request).settings)


@router.put("/settings", responses=RESPONSES, operation_id="putSettings", dependencies=[Depends(needs("own"))])
def put_settings(request: Request, settings: WorkspaceSettings) -> WorkspaceSettings:
    """Change them all. Times that were loaded keep the zone of their load."""
    return _told(configure(workspace_of(request), **settings.model_dump()))
