"""What scikit-learn's logistic regression and support vector machine say of a small imbalanced data set.

Written for the tests of packages/models:

    python benchmarks/peers/sklearn_classifiers.py packages/models/src/classical/fixtures/sklearn.json
"""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

L2 = 0.01
COST = 2.0
CLASS_WEIGHTS = [1.0, 2.0, 0.5]


def sample(random, counts):
    """Three overlapping clouds in three columns of very different scales."""
    centres = np.array([[0, 0, 0], [1.5, 0, 1], [0, 2, -1]])
    codes = np.repeat(np.arange(3), counts)
    rows = (centres[codes] + random.normal(size=(len(codes), 3))) * [1, 100, 0.01] + [5, 0, 0]
    return rows.round(6), codes


def main(path):
    random = np.random.default_rng(1)
    rows, codes = sample(random, [60, 30, 15])
    test, _ = sample(random, [20, 20, 20])
    scaler = StandardScaler().fit(rows)
    x, x_test = scaler.transform(rows), scaler.transform(test)
    weights = dict(enumerate(CLASS_WEIGHTS))
    total = sum(CLASS_WEIGHTS[c] for c in codes)

    logistic = LogisticRegression(C=1 / (L2 * total), class_weight=weights, tol=1e-12, max_iter=10000)
    logistic.fit(x, codes)
    result = {
        "rows": rows.tolist(),
        "codes": codes.tolist(),
        "test": test.tolist(),
        "l2": L2,
        "cost": COST,
        "classWeights": CLASS_WEIGHTS,
        "logistic": logistic.predict_proba(x_test).round(9).tolist(),
        "svm": {},
    }
    for kernel in ("rbf", "linear"):
        svm = SVC(C=COST, kernel=kernel, gamma=1 / 3, class_weight=weights, tol=1e-6)
        svm.fit(x, codes)
        result["svm"][kernel] = {
            "codes": svm.predict(x_test).tolist(),
            "intercepts": svm.intercept_.round(6).tolist(),
            "supportVectors": len(svm.support_),
        }
    with open(path, "w") as file:
        json.dump(result, file)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
