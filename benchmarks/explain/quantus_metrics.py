"""PixelFlipping and MPRT of Quantus on the network, maps and tracks that quantus.mjs has written.

    python benchmarks/explain/quantus_metrics.py FOLDER

Prints JSON: the mean curve after every step, the mean area under the curves, the mean correlation of maps before and after weights
are shuffled. Fails where Quantus takes other points than those that were drawn anew.
"""

import json
import sys
from pathlib import Path

import numpy as np
import quantus
from parity import Cnn, Weights
from safetensors.torch import load_file
from torch import nn

# Quantus 0.6 still calls it by the name that numpy 2.4 has dropped.
if not hasattr(np, "trapz"):
    np.trapz = np.trapezoid

folder = Path(sys.argv[1])
about = json.loads((folder / "quantus.json").read_text())
tensors = load_file(folder / "quantus.safetensors")
weights = {
    name.removeprefix("weights."): value
    for name, value in tensors.items()
    if name.startswith("weights.")
}


class ChannelsFirst(nn.Module):
    """[batch, 1, time], as Quantus wants it."""

    def __init__(self):
        super().__init__()
        self.network = Cnn(Weights(weights), about["stack"])

    def forward(self, x):
        return self.network(x.transpose(1, 2))


model = ChannelsFirst().eval()
x = tensors["inputs"].numpy()[:, None]
points = tensors["points"].numpy()[:, None]
y = np.array(about["target"])
seen, places = tensors["seen"].numpy()[:, 0], tensors["places"].numpy()[:, 0]
steps = seen.shape[1] - 1
gone = np.zeros(points.shape[::2], bool)
step = 0


def drawn_anew(arr, indices, **_):
    """Whatever was drawn for the points that are taken away so far."""
    global step
    step += 1
    np.put_along_axis(gone, indices, True, 1)
    changed = places[:, step] != places[:, 0]
    # Where no point is kept, a path begins where it did.
    same = changed == gone if step < steps else changed[:, 1:] == gone[:, 1:]
    assert same.all(), f"step {step}: other points"
    return seen[:, step].astype(arr.dtype)


curves = np.array(
    quantus.PixelFlipping(
        features_in_step=x.shape[-1] // steps,
        perturb_func=drawn_anew,
        normalise=False,
        abs=False,
        disable_warnings=True,
    )(model=model, x_batch=x, y_batch=y, a_batch=points, softmax=True, channel_first=True)
)

calls = 0


def exported(model, inputs, targets, **_):
    """The map of the network as it is, and every other time that of the one whose weights are shuffled."""
    global calls
    calls += 1
    return points if calls == 1 else tensors["shuffled"].numpy()[:, None]


correlations = quantus.MPRT(
    similarity_func=quantus.similarity_func.correlation_spearman,
    skip_layers=True,
    return_last_correlation=True,
    normalise=False,
    abs=False,
    disable_warnings=True,
)(
    model=model,
    x_batch=x,
    y_batch=y,
    a_batch=points,
    explain_func=exported,
    softmax=True,
    channel_first=True,
)
print(
    json.dumps(
        {
            "quantus": quantus.__version__,
            "curve": curves.mean(0).tolist(),
            "area": float(np.mean([quantus.helpers.utils.calculate_auc(each) for each in curves])),
            "correlation": float(np.mean(correlations)),
        }
    )
)
