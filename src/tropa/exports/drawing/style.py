"""Sizes and colours of the drawn map: the page's light palette, lengths in points at scale 1."""

from __future__ import annotations

INK, INK2, SURFACE, SURFACE2 = "#1d2528", "#57646a", "#ffffff", "#faf9f6"
LINE, LINE2, ACCENT = "#e3e4df", "#c9ccc6", "#0f5c57"
FLOW, FLOW_EDGE, LEAK, LEAK_INK = "#bcdcd6", "#2c857b", "#e4a27c", "#9a3f10"
FLOW_PALE = "#e6f2f0"
GOOD_INK, BAD_INK, STAR = "#12557f", "#96400a", "#8a5a00"
NOTE, NOTE_LINE, NOTE_INK = "#fff6d9", "#ecdca4", "#4a3f1d"

TONES = {
    "good-2": "#b6d6ee",
    "good-1": "#e0eef8",
    "tone-0": "#f0f0ec",
    "bad-1": "#fde9d9",
    "bad-2": "#f8c9a4",
    "level-0": "",
    "level-1": "#fdf3e9",
    "level-2": "#fbe2cc",
    "level-3": "#f6c49d",
    "level-4": "#eda56d",
    "wait-0": "",
    "wait-1": "#f3f1fa",
    "wait-2": "#e4dff4",
    "wait-3": "#cfc6ec",
    "wait-4": "#b3a5e0",
}
CARD_LINES = {"best": GOOD_INK, "worst": BAD_INK, "pain": LEAK_INK}
VERDICTS = {"kept": GOOD_INK, "partly": BAD_INK, "missed": BAD_INK, "unsure": INK2}
KINDS = {
    "barrier": ("#9a3f10", "#ffffff"),
    "single_case": ("#2d373c", "#ffffff"),
    "bottleneck": ("#e4dff4", "#43358c"),
    "inconvenience": ("#fde9d9", "#96400a"),
    "gap": ("#e0eef8", "#12557f"),
    "moment_of_truth": ("#fff6d9", "#8a5a00"),
}
"""Ground and ink of the kinds of findings."""

LANE_WIDTH = 104.0
PAD = 6.0
GAP = 4.0
BODY, SMALL, TINY = 7.6, 6.6, 6.0
LEADING = 1.28
NAME, STAGE, VALUE = 8.4, 11.5, 10.5
FLOW_HEIGHT, FLOW_TOP, FLOW_THICK, FLOW_DEPTH = 84.0, 28.0, 34.0, 41.0
MOOD_HEIGHT, MOOD_MARGIN = 112.0, 27.0
MOST_LINES = 40
"""A card longer than this is cut into parts, so that a page can end between them."""
MOST_LETTERS = 1500
"""Beyond this many characters a card is shortened on paper."""
