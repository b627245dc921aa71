"""Learning from scores: when, how well, and never worse than the lexicon."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.text import train
from tropa.text.corpus import corpus_of
from tropa.text.model import fit, fold_of, macro_f1, out_of_fold, weighted_f1

# Words that no lexicon knows: only scores tell which are good.
GOOD = ["зюмба", "кворл", "тример", "флокс", "дивандр"]
BAD = ["мургл", "щекас", "брянц", "вульгс", "порсак"]
PLAIN = ["дом", "стол", "окно", "дверь", "река", "поле", "лес", "гора", "снег", "дождь", "ветер", "песок"]


def invented(count: int, seed: int = 0) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    random = np.random.default_rng(seed)
    marks = random.integers(-1, 2, count).astype(np.float64)
    texts = []
    for mark in marks.tolist():
        own = {1: GOOD, -1: BAD, 0: PLAIN}[int(mark)]
        texts.append(" ".join([*random.choice(PLAIN, 5), str(random.choice(own)), *random.choice(PLAIN, 5)]))
    return texts, marks


def test_learned_from_scores_alone() -> None:
    reader = train(*invented(600), {})
    quality = reader.quality
    assert quality.method == "trained"
    assert quality.macro_f1 is not None and quality.macro_f1 > 0.9
    assert quality.macro_f1_low is not None and quality.macro_f1_low <= quality.macro_f1
    assert quality.lexicon_macro_f1 is not None and quality.lexicon_macro_f1 < 0.4
    fresh, marks = invented(300, seed=1)
    told = reader.read(fresh)
    assert macro_f1(marks.astype(np.int64), told.label.astype(np.int64)) > 0.9
    assert (np.sign(told.sentiment[told.label != 0]) == told.label[told.label != 0]).all()


def test_the_same_whatever_the_order() -> None:
    texts, marks = invented(500)
    order = np.random.default_rng(3).permutation(len(texts))
    one = train(texts, marks, {})
    other = train([texts[place] for place in order], marks[order], {})
    assert one.quality == other.quality
    fresh = invented(50, seed=2)[0]
    assert np.array_equal(one.read(fresh).sentiment, other.read(fresh).sentiment)


def test_too_few_scores() -> None:
    quality = train(*invented(120), {}).quality
    assert (quality.method, quality.n) == ("lexicon", 120)
    assert "300" in quality.because


def test_copies_of_one_comment_are_one() -> None:
    texts, marks = invented(40)
    quality = train([f"{text}{'!' * n}" for n in range(10) for text in texts], np.tile(marks, 10), {}).quality
    assert (quality.method, quality.n) == ("lexicon", 40)


def test_scores_all_alike() -> None:
    texts, _ = invented(400)
    quality = train(texts, np.ones(400), {}).quality
    assert quality.method == "lexicon" and "alike" in quality.because


def test_scores_that_say_nothing_are_not_learned() -> None:
    """Marks drawn at random where the words are plain: the lexicon is kept unless learning truly does better."""
    texts, marks = invented(500)
    random = np.random.default_rng(5)
    clear = ["отлично " + text if mark > 0 else "ужасно " + text for text, mark in zip(texts, marks, strict=True)]
    told = np.where(marks > 0, 1.0, -1.0)
    assert train(clear, told, {}).quality.macro_f1 == pytest.approx(1)
    noise = train(texts, random.permutation(marks), {}).quality
    assert noise.macro_f1 is not None and noise.macro_f1 < 0.45


def test_no_scores_at_all() -> None:
    quality = train(["Отлично", "Плохо"], [float("nan")] * 2, {}).quality
    assert (quality.method, quality.macro_f1, quality.n) == ("lexicon", None, 0)


def test_a_language_not_learned_is_read_by_the_lexicon() -> None:
    reader = train(*invented(600), {})
    assert reader.quality.method == "trained"
    assert reader.read(["terrible, awful service"])[0].label == "negative"
    assert reader.read(["😍"])[0].label == "positive"


@pytest.mark.parametrize("marks", [[2.0], [0.0, 1.0]])
def test_marks_must_fit(marks: list[float]) -> None:
    with pytest.raises(ValueError, match="mark"):
        train(["one"], marks, {})


def test_f1_by_hand() -> None:
    truth, told = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 2, 1])
    # Class 0: 2*2/(3+2); class 1: 2*1/(2+3); class 2: 0.
    assert macro_f1(truth, told) == pytest.approx((0.8 + 0.4 + 0) / 3)
    assert weighted_f1(truth, told) == pytest.approx((3 * 0.8 + 2 * 0.4 + 0) / 6)


def test_folds_are_even_within_each_label() -> None:
    labels = np.array([0] * 50 + [1] * 10)
    fold = fold_of(labels, 5)
    assert [np.bincount(fold[labels == label]).tolist() for label in (0, 1)] == [[10] * 5, [2] * 5]


def test_out_of_fold_never_sees_the_label_it_tells() -> None:
    """With labels drawn at random what is told is no better than chance; a model that saw them would know them."""
    texts, _ = invented(300)
    labels = np.random.default_rng(1).integers(0, 2, 300)
    corpus = corpus_of(texts)
    classes, decided = out_of_fold(corpus, labels, 5)
    assert (classes[decided.argmax(axis=1)] == labels).mean() < 0.62
    assert (fit(corpus, labels).predict(corpus) == labels).mean() > 0.7


def test_nothing_to_learn_is_said() -> None:
    with pytest.raises(ValueError, match="alike"):
        fit(corpus_of(["one", "two"]), np.array([1, 1]))
