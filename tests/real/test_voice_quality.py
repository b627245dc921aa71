"""How well mood is read on public data, beside what is published or was measured for classical methods.

RuSentiment: Rogers et al. (2018), COLING, 755-763: weighted F1 .688 (logistic regression), .716 (a neural network with
vectors of the same social network). Texts and labels are only measured with; nothing learned from them is kept.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tropa.text import Words, corpus_of, mood, train
from tropa.text.corpus import Ints
from tropa.text.model import fit, macro_f1, out_of_fold, weighted_f1

pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.timeout(600)]

MARKS = {"negative": -1, "neutral": 0, "positive": 1}


def by_lexicon(texts: list[str]) -> Ints:
    corpus = corpus_of(texts)
    return mood.label(mood.mood(corpus.sums(mood.token_moods(Words(corpus))))).astype(np.int64)


def labelled(*files: Path) -> pl.DataFrame:
    return pl.concat([pl.read_csv(file, infer_schema=False) for file in files]).drop_nulls()


@pytest.fixture(scope="module")
def airlines(shared_data: Path) -> tuple[list[str], Ints]:
    table = pl.read_csv(shared_data / "airline_tweets/Tweets.csv.gz", infer_schema=False)
    table = table.unique("text", maintain_order=True)
    return table["text"].to_list(), np.array([MARKS[label] for label in table["airline_sentiment"]])


def test_rusentiment_train_and_test_as_published(shared_data: Path) -> None:
    folder = shared_data / "ru_rusentiment"
    names = ("rusentiment_random_posts.csv.gz", "rusentiment_preselected_posts.csv.gz")
    learned = labelled(*(folder / name for name in names))
    unseen = labelled(folder / "rusentiment_test.csv.gz")
    assert (len(learned), len(unseen)) == (28_218, 2_967)
    classes = sorted(set(learned["label"]))
    truth, known = (np.array([classes.index(label) for label in part["label"]]) for part in (unseen, learned))
    told = fit(corpus_of(learned["text"].to_list()), known).predict(corpus_of(unseen["text"].to_list()))
    weighted, macro = weighted_f1(truth, told), macro_f1(truth, told)
    print(f"RuSentiment, 5 classes, n {len(truth):,}: weighted F1 {weighted:.3f}, macro F1 {macro:.3f}")
    assert weighted >= 0.73
    assert macro >= 0.685


def test_russian_bank_reviews(shared_data: Path) -> None:
    """Stars of reviews as the only teacher, as in a company of one's own: 1-2, 3 and 4-5."""
    table = pl.read_csv(
        shared_data / "ru_bank_reviews_domrf_banki_ru/reviews_output_with_id.csv.gz", infer_schema=False
    )
    texts = [f"{title or ''}. {text or ''}" for title, text in table.select("Review Title", "Review Text").iter_rows()]
    stars = table["Rating"].cast(pl.Float64).to_numpy()
    marks = np.where(stars <= 2, -1.0, np.where(stars >= 4, 1.0, 0.0))
    quality = train(texts, marks, {}).quality
    print(
        f"DOM.RF reviews, 3 classes, n {quality.n:,}: macro F1 {quality.macro_f1:.3f} "
        f"({quality.macro_f1_low:.3f} to {quality.macro_f1_high:.3f}), lexicon {quality.lexicon_macro_f1:.3f}"
    )
    assert quality.method == "trained"
    assert quality.macro_f1 is not None and quality.macro_f1 >= 0.57
    assert quality.lexicon_macro_f1 is not None and quality.lexicon_macro_f1 >= 0.5


def test_english_airline_tweets(airlines: tuple[list[str], Ints]) -> None:
    """Measured elsewhere with support vectors: accuracy .825, macro F1 .773."""
    texts, truth = airlines
    classes, decided = out_of_fold(corpus_of(texts), truth, 5)
    told = classes[decided.argmax(axis=1)]
    accuracy, macro = float((told == truth).mean()), macro_f1(truth, told)
    print(f"Airline tweets, 3 classes, n {len(truth):,}: accuracy {accuracy:.3f}, macro F1 {macro:.3f}")
    assert accuracy >= 0.82
    assert macro >= 0.77


def test_the_lexicon_alone(shared_data: Path, airlines: tuple[list[str], Ints]) -> None:
    """Measured elsewhere with VADER on the tweets: accuracy .488, macro F1 .455."""
    texts, truth = airlines
    english = macro_f1(truth, by_lexicon(texts))
    posts = labelled(shared_data / "ru_rusentiment/rusentiment_test.csv.gz").filter(pl.col("label").is_in(list(MARKS)))
    labels = np.array([MARKS[label] for label in posts["label"]])
    russian = macro_f1(labels, by_lexicon(posts["text"].to_list()))
    print(f"Lexicon, macro F1: airline tweets {english:.3f}, RuSentiment without speech and skip {russian:.3f}")
    assert english >= 0.58
    assert russian >= 0.48
