"""Makes scikit-learn.fixture.json, the values that the tests compare with.

python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scikit-learn
/tmp/oracle/bin/python packages/eval/src/metrics/scikit-learn.fixture.py > packages/eval/src/metrics/scikit-learn.fixture.json
"""
import json
import sys
import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics
from sklearn.metrics import multilabel_confusion_matrix

nan = float("nan")


def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    if isinstance(value, np.integer):
        return int(value)
    return value


def classification(name, actual, probabilities):
    classes = probabilities.shape[1]
    labels = list(range(classes))
    predicted = probabilities.argmax(axis=1)
    p, r, f, support = metrics.precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=nan)
    m = multilabel_confusion_matrix(actual, predicted, labels=labels)
    tn, fp, fn, tp = m[:, 0, 0], m[:, 0, 1], m[:, 1, 0], m[:, 1, 1]
    with np.errstate(invalid="ignore"):
        specificity, npv = tn / (tn + fp), tn / (tn + fn)
    f1 = {a: metrics.f1_score(actual, predicted, labels=labels, average=a, zero_division=nan) for a in ("micro", "macro", "weighted")}
    return clean({
        "name": name, "actual": actual, "predicted": predicted, "probabilities": probabilities.ravel(), "classes": classes,
        "accuracy": metrics.accuracy_score(actual, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(actual, predicted),
        "mcc": metrics.matthews_corrcoef(actual, predicted),
        "kappa": metrics.cohen_kappa_score(actual, predicted),
        "logLoss": metrics.log_loss(actual, probabilities, labels=labels),
        "f1": f1, "precision": p, "recall": r, "f1PerClass": f, "support": support,
        "specificity": specificity, "npv": npv,
        "confusion": metrics.confusion_matrix(actual, predicted, labels=labels),
    })


def regression(name, actual, predicted):
    return clean({
        "name": name, "actual": actual, "predicted": predicted,
        "mae": metrics.mean_absolute_error(actual, predicted),
        "rmse": metrics.root_mean_squared_error(actual, predicted),
        "bias": np.mean(predicted - actual),
        "r2": metrics.r2_score(actual, predicted),
    })


rng = np.random.default_rng(20)


def noisy(actual, classes, sharpness):
    logits = rng.normal(size=(len(actual), classes))
    logits[np.arange(len(actual)), actual] += sharpness
    e = np.exp(logits)
    return (e / e.sum(axis=1, keepdims=True)).round(6)


def normalised(p):
    p = p.copy()
    p[:, -1] = 1 - p[:, :-1].sum(axis=1)
    return p


cases = []
four = rng.integers(0, 4, 60)
cases.append(classification("four balanced classes", four, normalised(noisy(four, 4, 1.5))))
skewed = rng.choice(3, size=80, p=[0.85, 0.12, 0.03])
cases.append(classification("three skewed classes", skewed, normalised(noisy(skewed, 3, 2))))
absent = rng.choice([0, 1, 3], size=30)
p = noisy(absent, 4, 1.5)
p[:, 2] = 0
p = p / p.sum(axis=1, keepdims=True)
cases.append(classification("a class that is neither there nor predicted", absent, p))
binary = rng.integers(0, 2, 40)
cases.append(classification("two classes", binary, normalised(noisy(binary, 2, 1))))
never = np.array([0, 0, 1, 1, 2, 2, 2])
p = np.array([[.8, .1, .1], [.2, .7, .1], [.1, .8, .1], [.6, .3, .1], [.5, .3, .2], [.1, .6, .3], [.4, .35, .25]])
cases.append(classification("a class that is never predicted", never, p))

alpha = rng.uniform(0.05, 2, 40).round(2)
reg = [regression("exponents", alpha, (alpha + rng.normal(0.05, 0.2, 40)).clip(0.05, 2).round(4))]
wilson = []
for k, n, level in [(0, 10, .95), (10, 10, .95), (7, 12, .95), (938, 1000, .95), (50, 120, .99), (3, 7, .5)]:
    ci = stats.binomtest(int(k), int(n)).proportion_ci(level, method="wilson")
    wilson.append([k, n, level, ci.low, ci.high])
quantiles = [[q, stats.norm.ppf(q)] for q in (1e-300, 1e-12, 1e-4, .01, .024, .1, .3, .5, .75, .975, .999, 1 - 1e-9)]
print(json.dumps({"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
                  "classification": cases, "regression": reg, "wilson": clean(wilson), "normalQuantile": clean(quantiles)}))
