"""What scikit-learn's histogram gradient boosting makes of small sets with undefined values: trees and probabilities.

Written for the tests of packages/models:

    python benchmarks/peers/sklearn_boosting.py packages/models/src/classical/boosting/fixtures/sklearn.json
"""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

ROUNDS = 12
OPTIONS = {"learningRate": 0.2, "maxLeaves": 6, "minLeaf": 5, "l2": 0.5, "rounds": ROUNDS}


def sample(random, count, classes, holes):
    """Overlapping clouds in three columns of different scales, one of them with few values; some are undefined."""
    codes = random.integers(0, classes, size=count)
    x = random.normal(size=(count, 3)) + np.stack([codes, codes % 2, -0.5 * codes], axis=1)
    rows = np.stack([x[:, 0], 100 * x[:, 1], np.round(2 * x[:, 2])], axis=1).round(6)
    # Undefined more often in one class, so that the side that they go to says something.
    rows[(random.uniform(size=rows.shape) < holes) & (codes[:, None] < 2)] = np.nan
    return rows, codes


def listed(rows):
    return [[None if np.isnan(x) else x for x in row] for row in rows.tolist()]


def nodes_of(predictor):
    """Nodes from the root, the left one first: columns, thresholds, sides of NaN, gains of the cuts; values of leaves."""
    result = []
    nodes = predictor.nodes

    def visit(at):
        node = nodes[at]
        if node["is_leaf"]:
            result.append({"value": float(node["value"])})
            return
        result.append(
            {
                "column": int(node["feature_idx"]),
                "threshold": float(node["num_threshold"]),
                "missing": int(not node["missing_go_to_left"]),
                "gain": float(node["gain"]),
                "rows": int(node["count"]),
            }
        )
        visit(node["left"])
        visit(node["right"])

    visit(0)
    return result


def case(seed, count, classes, holes, weights):
    random = np.random.default_rng(seed)
    rows, codes = sample(random, count, classes, holes)
    test, _ = sample(random, 30, classes, 0)
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        learning_rate=OPTIONS["learningRate"],
        max_leaf_nodes=OPTIONS["maxLeaves"],
        min_samples_leaf=OPTIONS["minLeaf"],
        l2_regularization=OPTIONS["l2"],
        class_weight=None if weights is None else dict(enumerate(weights)),
        early_stopping=False,
    ).fit(rows, codes)
    return {
        "rows": listed(rows),
        "codes": codes.tolist(),
        "weights": weights,
        "test": listed(test),
        "firstTrees": [nodes_of(predictor) for predictor in model._predictors[0]],
        "training": model.predict_proba(rows).round(9).tolist(),
        "probabilities": model.predict_proba(test).round(9).tolist(),
    }


def main(path):
    result = {
        "options": OPTIONS,
        "three": case(1, 120, 3, 0.15, None),
        "two": case(2, 90, 2, 0.2, None),
        "weighted": case(3, 120, 3, 0.0, [1.0, 2.0, 0.5]),
    }
    with open(path, "w") as file:
        json.dump(result, file)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
