"""Labels learned from examples: a linear model over words, pairs and pieces, and how well it does on what it never saw.

Linear support vectors over word and letter n-grams are what is hard to beat on short texts of one's own domain
(Rogers et al. 2018, RuSentiment, COLING: 755-763); a model of another domain is worth little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from tropa.text.corpus import Codes, Corpus, Floats, Ints
from tropa.text.features import Features, Known, Matrix, rarity, weighted

COST = 0.15
BATCH = 10_000
"""Texts read at once: their matrix of pieces takes about 50 MB."""


@dataclass(frozen=True, eq=False)
class Model:
    """`classes` in the order of the columns of `decide`."""

    classes: Ints
    features: Features
    rarities: tuple[Floats, Floats]
    weights: Floats
    intercept: Floats

    def decide(self, corpus: Corpus, known: Known | None = None) -> Floats:
        """How far each text lies on the side of each class: texts x classes.

        Args:
            known: `features.known(corpus.words)`, where more than one corpus of the same words is read.
        """
        known = known or self.features.known(corpus.words)
        result = np.zeros((len(corpus), len(self.classes)))
        for start in range(0, len(corpus), BATCH):
            part = corpus.rows(np.arange(start, min(start + BATCH, len(corpus))))
            result[start : start + BATCH] = self._decide(self.features.count(part, known))
        return result

    def _decide(self, counts: tuple[Matrix, Matrix]) -> Floats:
        return np.asarray(_joined(counts, self.rarities) @ self.weights + self.intercept)

    def predict(self, corpus: Corpus) -> Ints:
        """Class of each text."""
        return np.asarray(self.classes[np.argmax(self.decide(corpus), axis=1)])


def fit(corpus: Corpus, labels: Ints) -> Model:
    """Learn the labels of texts. Deterministic.

    Raises:
        ValueError: with fewer than two different labels.
    """
    features = Features.of(corpus)
    return _fit(features, features.count(corpus, features.known(corpus.words)), labels)


def out_of_fold(corpus: Corpus, labels: Ints, folds: int) -> tuple[Ints, Floats]:
    """Classes, and for each text what a model that has not seen it decides.

    Every class should have `folds` texts at least. The texts must differ from one another. Which n-grams are counted
    is taken from all texts; nothing is taken from the labels of a text, nor its words' rarity.
    """
    features = Features.of(corpus)
    counts = features.count(corpus, features.known(corpus.words))
    classes = np.unique(labels)
    fold = fold_of(labels, folds)
    result = np.zeros((len(labels), len(classes)))
    for number in range(folds):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = _fit(features, (counts[0][inside], counts[1][inside]), labels[inside])
        places = np.searchsorted(classes, model.classes)
        result[np.ix_(outside, places)] = model._decide((counts[0][outside], counts[1][outside]))
    return classes, result


def fold_of(labels: Ints, folds: int, seed: int = 0) -> Codes:
    """Fold of each text: drawn at random by `seed`, every label spread evenly."""
    order = np.random.default_rng(seed).permutation(len(labels))
    by_label = order[np.argsort(labels[order], kind="stable")]
    result = np.empty(len(labels), dtype=np.int32)
    result[by_label] = np.arange(len(labels)) % folds
    return result


def macro_f1(truth: Ints, told: Ints) -> float:
    """F1 of each class that occurs in either, averaged with equal weight.

    Source: van Rijsbergen (1979), Information Retrieval, ch. 7; macro average: Sokolova & Lapalme (2009), Information
    Processing & Management 45.
    """
    values = [_f1(truth == label, told == label) for label in np.union1d(truth, told)]
    return float(np.mean(values)) if values else 0.0


def weighted_f1(truth: Ints, told: Ints) -> float:
    """F1 of each class of `truth`, weighted by how many it has."""
    labels, count = np.unique(truth, return_counts=True)
    return float(np.average([_f1(truth == label, told == label) for label in labels], weights=count))


def _f1(truth: Any, told: Any) -> float:
    both = int((truth & told).sum())
    return 2 * both / int(truth.sum() + told.sum())


def _joined(counts: tuple[Matrix, Matrix], rarities: tuple[Floats, Floats]) -> Matrix:
    return sparse.hstack([weighted(block, each) for block, each in zip(counts, rarities, strict=True)], format="csr")


def _fit(features: Features, counts: tuple[Matrix, Matrix], labels: Ints) -> Model:
    rarities = (rarity(counts[0]), rarity(counts[1]))
    classes = np.unique(labels)
    if len(classes) < 2:
        raise ValueError("there is nothing to learn where all labels are alike")
    from sklearn.svm import LinearSVC  # takes a second to import, and few commands learn

    machine = LinearSVC(C=COST, class_weight="balanced", random_state=0, tol=1e-3)
    machine.fit(_joined(counts, rarities), labels)
    weights, intercept = machine.coef_, machine.intercept_
    if len(classes) == 2:
        weights, intercept = np.vstack([-weights, weights]), np.concatenate([-intercept, intercept])
    return Model(classes, features, rarities, np.ascontiguousarray(weights.T), intercept)
