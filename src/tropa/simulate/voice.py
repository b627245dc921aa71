"""Comments of customers, put together from fragments: an opening, what happened, an ending, a misprint now and then."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

FORMS = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


@dataclass(frozen=True)
class Fragments:
    """What people say in one language.

    Args:
        openings, endings: by mood (`good`, `bad`, `plain`).
        themes: what happened; each theme has its own sentences. `{SLOT}` is filled from `slots`,
            `[he|she]` follows the speaker's gender.
    """

    openings: Mapping[str, Sequence[str]]
    endings: Mapping[str, Sequence[str]]
    themes: Mapping[str, Sequence[str]]
    slots: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Speaker:
    """Puts comments together.

    Args:
        russian, english: the fragments of both languages; both know every theme.
        rng: where the choices come from.
    """

    def __init__(self, russian: Fragments, english: Fragments, rng: np.random.Generator) -> None:
        self._languages = (russian, english)
        self._rng = rng

    def say(self, themes: Sequence[str], mood: str, english: bool, woman: bool = False) -> str:
        """One comment about up to two themes, in the grammatical gender of who speaks."""
        language = self._languages[int(english)]
        shape = self._rng.random(4)
        parts = [self._pick(language.openings[mood])] if shape[0] < 0.38 else []
        parts += [self._fill(language, self._pick(language.themes[theme])) for theme in themes]
        if shape[1] < 0.42:
            parts.append(self._pick(language.endings[mood]))
        parts = [FORMS.sub(r"\2" if woman else r"\1", part) for part in parts]
        parts = [part[0].upper() + part[1:] for part in parts if part]
        text = " ".join(f"{part}." if part[-1].isalnum() or part[-1] in "»%" else part for part in parts)
        if shape[2] < 0.22:
            text = text.rstrip(".")
        if shape[3] < 0.13:
            text = text.lower()
        return self._slip(text) if self._rng.random() < 0.13 else text

    def _pick(self, sentences: Sequence[str]) -> str:
        return sentences[int(self._rng.random() * len(sentences))]

    def _fill(self, language: Fragments, sentence: str) -> str:
        while "{" in sentence:
            name = sentence[sentence.index("{") + 1 : sentence.index("}")]
            sentence = sentence.replace("{" + name + "}", self._pick(language.slots[name]), 1)
        return sentence

    def _slip(self, text: str) -> str:
        """A letter lost, doubled or swapped with its neighbour."""
        letters = [index for index in range(1, len(text) - 2) if text[index].isalpha() and text[index + 1].isalpha()]
        if not letters:
            return text
        at = letters[int(self._rng.random() * len(letters))]
        kind = self._rng.random()
        if kind < 0.35:
            return text[:at] + text[at + 1 :]
        if kind < 0.6:
            return text[:at] + text[at] + text[at:]
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
