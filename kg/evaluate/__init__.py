"""Evaluation: facts that were read against gold facts, slot by slot, and what the confidence is worth."""

from kg.evaluate.faults import Fault, by_phenomenon
from kg.evaluate.gold import Given, GoldFact, Passage, predictions, read_gold, read_predictions
from kg.evaluate.reliability import Bin, calibration_error, reliability
from kg.evaluate.score import Pair, Scores, Share, Tally, score

__all__ = [
    "Bin", "Fault", "Given", "GoldFact", "Pair", "Passage", "Scores", "Share", "Tally", "by_phenomenon",
    "calibration_error", "predictions", "read_gold", "read_predictions", "reliability", "score",
]  # fmt: skip
