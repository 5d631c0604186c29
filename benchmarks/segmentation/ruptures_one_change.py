"""One change of a track by ruptures: ruptures_one_change.py FILE, a JSON list of 1D tracks.

Prints per track the place of the best single change (the first point behind it) and, as its score, by how much it lowers the cost: PELT
has a change where its penalty is below that. Cost: rbf kernel on ln of the squared standardised displacement, segments of at least 3 points.
"""
import json
import sys
import numpy as np
import ruptures

out = []
for track in json.load(open(sys.argv[1])):
    steps = np.diff(np.array(track))
    signal = np.log((steps / max(1e-12, steps.std())) ** 2 + 1e-6)[:, None]
    cost = ruptures.costs.CostRbf(gamma=1 / max(1e-12, 2 * signal.var())).fit(signal)
    n = len(signal)
    whole = cost.error(0, n)
    gram = cost.gram
    total = gram.cumsum(0).cumsum(1)
    best = (-np.inf, 3)
    diagonal = np.cumsum(np.diag(gram))
    for c in range(3, n - 2):
        left = diagonal[c - 1] - total[c - 1, c - 1] / c
        inner = total[n - 1, n - 1] - 2 * total[c - 1, n - 1] + total[c - 1, c - 1]
        right = diagonal[n - 1] - diagonal[c - 1] - inner / (n - c)
        best = max(best, (whole - left - right, c))
    out.append({"score": float(best[0]), "place": best[1]})
print(json.dumps(out))
