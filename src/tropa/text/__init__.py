"""What people write: language, sentiment, kinds of pain, reasons, topics; texts in, labels out. Knows no journeys.

    from tropa.text import mask, train

    described = {"Courier": ("Delivery", "Package on time")}     # touchpoint -> texts that describe it
    reader = train(texts, marks, described)                      # marks: -1, 0, 1 or NaN (`tropa.cx.comments.marks`)
    reader.quality                                               # lexicon or trained, held-out macro F1, n
    readings = reader.read(texts)                                # arrays over texts; each different text is read once
    readings.sentiment, readings.label                           # -1..1; -1, 0, 1
    readings.pains, readings.reasons, readings.obstacles         # boolean, texts x PAIN_KINDS, REASON_KINDS, ...
    readings.touchpoints, readings.touchpoint_sentiment          # texts x touchpoints of `described`
    speaks = readings.speaks_of("wait", "Courier")               # boolean, one a text
    readings[0]                                                  # one text in words (`Reading`)
    mask("Call +7 999 123-45-67")                                # "Call [phone]": for quotes

Whether those who met an obstacle speak of it more than others: `tropa.stats.confirmation.confirmed(mentions_exposed,
n_exposed, mentions_others, n_others)` with sums of `speaks` on both sides.
"""

from tropa.text.corpus import Corpus, corpus_of
from tropa.text.language import LANGUAGES
from tropa.text.learning import Quality
from tropa.text.mask import mask
from tropa.text.patterns import Words
from tropa.text.phrases import KeyPhrase, key_phrases, phrases_of
from tropa.text.reader import Reader, train
from tropa.text.readings import LABELS, OBSTACLE_KINDS, PAIN_KINDS, REASON_KINDS, Reading, Readings
from tropa.text.served_topics import improved
from tropa.text.topics import Topic, Topics, find_topics

__all__ = [
    "LABELS",
    "LANGUAGES",
    "OBSTACLE_KINDS",
    "PAIN_KINDS",
    "REASON_KINDS",
    "Corpus",
    "KeyPhrase",
    "Quality",
    "Reader",
    "Reading",
    "Readings",
    "Topic",
    "Topics",
    "Words",
    "corpus_of",
    "find_topics",
    "improved",
    "key_phrases",
    "mask",
    "phrases_of",
    "train",
]
