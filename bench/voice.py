"""How long 100,000 comments take to be learned from and read, and how much memory: prints one line.

    .venv/bin/python bench/voice.py FOLDER

FOLDER is a folder of public data with ru_rusentiment, airline_tweets and ru_bank_reviews_domrf_banki_ru in it; comments
are pairs of its texts drawn at random, about 250 letters each, and their marks are drawn around what the lexicon says.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from tropa.text import Words, corpus_of, find_topics, key_phrases, phrases_of, train

SOURCES = (
    ("ru_rusentiment/rusentiment_random_posts.csv.gz", "text"),
    ("ru_rusentiment/rusentiment_random_posts.csv.gz", "text"),
    ("airline_tweets/Tweets.csv.gz", "text"),
    ("ru_bank_reviews_domrf_banki_ru/reviews_output_with_id.csv.gz", "Review Text"),
)
COMMENTS, TOUCHPOINTS = 100_000, 40


def main(folder: Path) -> None:
    random = np.random.default_rng(0)
    pools = [pl.read_csv(folder / file, infer_schema=False)[column].drop_nulls().to_list() for file, column in SOURCES]
    texts = []
    for number in range(COMMENTS):
        pool = pools[number % len(pools)]
        texts.append(" ".join(pool[place] for place in random.integers(0, len(pool), 2).tolist()))
    # Marks against the lexicon, so that learning wins and the slower way is measured.
    marks = -train([], [], {}).read(texts).label.astype(np.float64)
    names = ("курьер", "оплата", "visit", "вход")
    described = {f"{names[n % len(names)]} {n}": ("заявка", "flight") for n in range(TOUCHPOINTS)}
    began = time.perf_counter()
    reader = train(texts, marks, described)
    learned = time.perf_counter()
    readings = reader.read(texts)
    read = time.perf_counter()
    phrases = phrases_of(Words(corpus_of(texts)))
    topics = find_topics(phrases, np.ones(len(texts)))
    key_phrases(phrases, (marks < 0).astype(np.float64), (marks > 0).astype(np.float64), 20)
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(readings):,} comments, reader {reader.quality.method}, {len(topics.topics)} topics: learned in "
        f"{learned - began:.1f} s, read in {read - learned:.1f} s, topics and phrases in {ended - read:.1f} s; "
        f"{ended - began:.1f} s in all, {memory:.2f} GB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
