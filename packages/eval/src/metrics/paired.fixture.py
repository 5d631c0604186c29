"""Makes paired.fixture.json, the values that the tests of paired methods compare with.

python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scikit-learn statsmodels
/tmp/oracle/bin/python packages/eval/src/metrics/paired.fixture.py > packages/eval/src/metrics/paired.fixture.json
"""
import json
import numpy as np
import scipy
import sklearn
import statsmodels
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar

rng = np.random.default_rng(7)
names = ["normal", "sub", "super"]
truth = rng.choice(3, 120, p=[.6, .25, .15])


def method(right):
    return np.where(rng.random(120) < right, truth, rng.integers(0, 3, 120))


a, b, c = method(.8), method(.6), method(.7)
pairs = []
for one, other in ((a, b), (a, c), (b, c)):
    first, second = int(((one == truth) & (other != truth)).sum()), int(((one != truth) & (other == truth)).sum())
    pairs.append({"kappa": cohen_kappa_score(one, other), "agreement": float((one == other).mean()),
                  "firstOnly": first, "secondOnly": second,
                  "p": float(mcnemar([[0, first], [second, 0]], exact=True).pvalue),
                  "difference": float((one == truth).mean() - (other == truth).mean())})
exact = [[f, s, float(mcnemar([[0, f], [s, 0]], exact=True).pvalue)] for f, s in ((10, 2), (0, 6), (5, 5), (1, 0), (400, 301), (3000, 2900))]
band = [[round(float(x), 4) for x in rng.normal(.8, .05, 4)] for _ in range(6)]
t = [[list(map(float, col)), *map(float, scipy.stats.t.interval(.95, n - 1, np.mean(col), scipy.stats.sem(col)))]
     for n in (2, 3, 6) for col in np.array(band)[:n].T]
print(json.dumps({"versions": {"scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__, "scipy": scipy.__version__},
                  "names": names, "truth": truth.tolist(), "methods": [x.tolist() for x in (a, b, c)], "pairs": pairs,
                  "mcnemar": exact, "bands": t}))
