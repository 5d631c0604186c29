"""Relevance through an LSTM in numpy, a time step and a unit after the other, for lstm.test.ts:
python lstm.fixture.py > lstm.fixture.json

After Arras et al. 2017 (arXiv:1706.07206): gates take nothing; sums are parted by the ε rule, biases keep their share.
"""

import json

import numpy as np

rng = np.random.default_rng(5)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def part(terms, whole, relevance, epsilon):
    """What each term of a sum gets: terms [inputs, outputs], whole and relevance [outputs]."""
    away = whole + epsilon * np.where(whole >= 0, 1, -1)
    return (terms * (relevance / away)).sum(1)


def propagate(x, kernel, recurrent, bias, relevance, epsilon):
    """x [T, inputs], relevance of the states [T, units]; gates in the order input, forget, cell, output."""
    steps, units = relevance.shape
    h, c = np.zeros((steps + 1, units)), np.zeros((steps + 1, units))
    signal, added, kept = (np.zeros((steps, units)) for _ in range(3))
    for t in range(steps):
        i, f, g, o = np.split(x[t] @ kernel + h[t] @ recurrent + bias, 4)
        signal[t] = g
        added[t] = sigmoid(i) * np.tanh(g)
        kept[t] = sigmoid(f) * c[t]
        c[t + 1] = kept[t] + added[t]
        h[t + 1] = sigmoid(o) * np.tanh(c[t + 1])
    to_input, to_state = np.split(kernel, 4, 1)[2], np.split(recurrent, 4, 1)[2]
    of_x = np.zeros_like(x)
    of_state, of_cell = np.zeros(units), np.zeros(units)
    for t in reversed(range(steps)):
        cell = relevance[t] + of_state + of_cell
        of_cell = part(np.diag(kept[t]), c[t + 1], cell, epsilon)
        of_signal = part(np.diag(added[t]), c[t + 1], cell, epsilon)
        of_x[t] = part(x[t][:, None] * to_input, signal[t], of_signal, epsilon)
        of_state = part(h[t][:, None] * to_state, signal[t], of_signal, epsilon)
    return h[1:], of_x


cases = []
for inputs, units, steps, epsilon in ((3, 4, 7, 0.01), (2, 5, 12, 0.1), (4, 3, 1, 0.01)):
    kernel = rng.normal(size=(inputs, 4 * units)) * 0.7
    recurrent = rng.normal(size=(units, 4 * units)) * 0.7
    bias = rng.normal(size=4 * units) * 0.3
    x = rng.normal(size=(2, steps, inputs))
    relevance = rng.normal(size=(2, steps, units))
    states, maps = zip(
        *(propagate(*each, epsilon) for each in [(x[b], kernel, recurrent, bias, relevance[b]) for b in (0, 1)])
    )
    case = {
        "kernel": kernel,
        "recurrent": recurrent,
        "bias": bias,
        "x": x,
        "relevance": relevance,
        "states": np.array(states),
        "map": np.array(maps),
    }
    cases.append({"epsilon": epsilon, **{key: value.round(9).tolist() for key, value in case.items()}})
print(json.dumps(cases))
