"""Language of a text: Russian, English or another, by its letters and by the words that the dictionaries know."""

from __future__ import annotations

import numpy as np

from tropa.text.corpus import Codes
from tropa.text.lemmas import is_cyrillic, is_known
from tropa.text.patterns import Words

LANGUAGES = ("ru", "en", "other")
KNOWN = 0.5
"""A text is in the language of its script when its dictionary knows at least this share of the words."""


def languages(words: Words) -> Codes:
    """Place in `LANGUAGES` for each text: the script of most of its words decides, then the dictionary.

    Without any word (emoji, numbers) a text is in another language.
    """
    corpus = words.corpus
    cyrillic = np.array([corpus.is_word[place] and is_cyrillic(word) for place, word in enumerate(corpus.words)], bool)
    latin = np.array([corpus.is_word[place] and word[0].isascii() for place, word in enumerate(corpus.words)], bool)
    known = np.array(
        [bool(is_word) and is_known(word) for is_word, word in zip(corpus.is_word, corpus.words, strict=True)], bool
    )

    def total(of_word: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return corpus.sums(of_word[corpus.ids].astype(np.float64))

    russian, english = total(cyrillic), total(latin)
    result = np.full(len(corpus), LANGUAGES.index("other"), dtype=np.int32)
    is_russian = (russian >= english) & (russian > 0) & (total(cyrillic & known) >= KNOWN * russian)
    is_english = (english > russian) & (total(latin & known) >= KNOWN * english)
    result[is_russian] = LANGUAGES.index("ru")
    result[is_english] = LANGUAGES.index("en")
    return result
