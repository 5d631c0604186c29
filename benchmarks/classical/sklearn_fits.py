"""scikit-learn's classifiers on the rows of features that bench.mjs writes.

Reads one JSON document on stdin: the files of rows and codes, their shapes, and the settings that both sides have.
Answers with one line of JSON per classifier: seconds of CPU time of the fit, accuracy, log loss and recalls on the test
rows. Where a classifier takes no undefined feature it gets the mean of the column, as on the other side.
"""

import json
import sys
import time

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, recall_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def read(part, columns):
    rows = np.fromfile(part["rows"], dtype=np.float64).reshape(-1, columns)
    return rows, np.fromfile(part["codes"], dtype=np.int32)


def main():
    job = json.load(sys.stdin)
    x, y = read(job["training"], job["columns"])
    x_test, y_test = read(job["test"], job["columns"])
    boosting = job["boosting"]

    def hist(seed):
        return HistGradientBoostingClassifier(
            max_iter=boosting["rounds"],
            learning_rate=boosting["learningRate"],
            max_leaf_nodes=boosting["maxLeaves"],
            min_samples_leaf=boosting["minLeaf"],
            l2_regularization=boosting["l2"],
            early_stopping=True,
            validation_fraction=boosting["validationShare"],
            n_iter_no_change=boosting["patience"],
            random_state=seed,
        )

    contestants = [("HistGradientBoostingClassifier", seed, hist(seed)) for seed in job["seeds"]]
    contestants += [
        ("RandomForestClassifier", seed, RandomForestClassifier(100, random_state=seed)) for seed in job["seeds"]
    ]
    total = len(y)
    logistic = LogisticRegression(C=1 / (job["l2"] * total), max_iter=1000)
    contestants.append(("LogisticRegression", 0, make_pipeline(SimpleImputer(), StandardScaler(), logistic)))
    if job["slow"]:
        slow = make_pipeline(SimpleImputer(), GradientBoostingClassifier(random_state=0))
        contestants.append(("GradientBoostingClassifier", 0, slow))
    for name, seed, model in contestants:
        began = time.process_time()
        model.fit(x, y)
        seconds = time.process_time() - began
        p = model.predict_proba(x_test)
        print(
            json.dumps(
                {
                    "name": name,
                    "seed": seed,
                    "seconds": seconds,
                    "accuracy": accuracy_score(y_test, p.argmax(axis=1)),
                    "logLoss": log_loss(y_test, np.clip(p, 1e-15, 1)),
                    "recall": recall_score(y_test, p.argmax(axis=1), average=None).tolist(),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
