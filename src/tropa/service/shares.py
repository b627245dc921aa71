"""Links by which one map can be read without an account."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["shares"])
