"""The same networks in PyTorch: a line of JSON in, a line of JSON out. One thread."""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

sys.path.append(str(Path(__file__).resolve().parent.parent / "peers"))
from torch_networks import Multiscale  # noqa: E402

torch.set_num_threads(1)
# Gradients of long sequences end in denormal numbers, which take PyTorch ten times as long unless they are flushed.
torch.set_flush_denormal(True)


class Conv(nn.Sequential):
    def __init__(self, inputs, outputs, taps, stride=1):
        conv = nn.Conv1d(inputs, outputs, taps, stride, taps // 2)
        super().__init__(conv, nn.BatchNorm1d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, taps, stride):
        super().__init__()
        self.inner = nn.Sequential(
            Conv(inputs, outputs, taps, stride), nn.ReLU(), Conv(outputs, outputs, taps)
        )
        pool = [nn.AvgPool1d(2, 2, ceil_mode=True)] if stride > 1 else []
        conv = [Conv(inputs, outputs, 1)] if inputs != outputs else []
        self.identity = nn.Sequential(*pool, *conv)

    def forward(self, x):
        return F.relu(self.inner(x) + self.identity(x))


def xresnet(channels, x0=32, taps=5):
    first = x0 // 8 * (channels + 1)
    stem = [(channels, first, 2), (first, x0, 1), (x0, x0, 1)]
    layers = [part for i, o, s in stem for part in (Conv(i, o, taps, s), nn.ReLU())]
    layers.append(nn.MaxPool1d(3, 2, 1))
    width = x0
    for stage in range(3):
        outputs = x0 << stage
        layers += [Block(width, outputs, taps, 2 if stage else 1), Block(outputs, outputs, taps, 1)]
        width = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(width, 4))


class Lstms(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.lstm = nn.LSTM(channels, 64, 3, batch_first=True)
        self.head = nn.Linear(64, 5)

    def forward(self, x):
        return self.head(self.lstm(x.transpose(1, 2))[0][:, -1])


class Wadnet(nn.Module):
    def __init__(self, length):
        super().__init__()
        conv = lambda d: nn.Conv1d(32, 32, 3, padding=d, dilation=d) if d < length else nn.Conv1d(32, 32, 1)
        self.first = nn.Conv1d(1, 32, 3, padding=1)
        self.filters = nn.ModuleList(conv(2**k) for k in range(16))
        self.gates = nn.ModuleList(conv(2**k) for k in range(16))
        self.shared = nn.Conv1d(32, 32, 1)
        self.norm = nn.BatchNorm1d(32)
        self.lstms = Lstms(32)

    def forward(self, x):
        x = total = self.first(x)
        for f, g in zip(self.filters, self.gates):
            x = self.shared(torch.tanh(f(x)) * torch.sigmoid(g(x)))
            total = total + x
        return self.lstms(self.norm(total))


def cross_entropy(answers, y):
    return F.cross_entropy(answers, y)


def both(answers, y):
    """Of the probabilities, as it is worked out in JavaScript, and of the exponent."""
    classes, exponent = answers["class"], answers["exponent"]
    entropy = F.nll_loss(torch.log(classes + 1e-7), y)
    return entropy + 1.5 * (exponent - 0.7).abs().mean()


def multiscale():
    return Multiscale(channels=4, features=2, widths=[32, 48, 64, 96, 96, 96, 96])


# Network, shapes of its inputs, classes, loss.
workloads = {
    "xresnet-300x2": (lambda: xresnet(2), [(2, 300)], 4, cross_entropy),
    "wadnet-300": (lambda: Wadnet(300), [(1, 300)], 5, cross_entropy),
    "multiscale-300": (multiscale, [(4, 300), (2,)], 5, both),
    "lstm-100": (lambda: Lstms(1), [(1, 100)], 5, cross_entropy),
}
networks = {}


def prepare(name, batch):
    if (name, batch) not in networks:
        make, shapes, classes, loss = workloads[name]
        net = make()
        networks[name, batch] = (
            net,
            torch.optim.Adam(net.parameters(), 1e-3),
            [torch.randn(batch, *shape) for shape in shapes],
            torch.arange(batch) % classes,
            loss,
        )
    return networks[name, batch]


def measure(workload, mode, steps, atMost=float("inf"), batch=64):
    net, optimizer, x, y, loss = prepare(workload, batch)
    net.train(mode == "step")
    times = []
    begun = time.perf_counter()
    while len(times) < steps and (len(times) < 2 or (time.perf_counter() - begun) * 1e3 < atMost):
        wall, cpu = time.perf_counter(), time.process_time()
        if mode == "step":
            optimizer.zero_grad()
            loss(net(*x), y).backward()
            optimizer.step()
        else:
            with torch.no_grad():
                net(*x)
        times.append(
            {
                "wall": (time.perf_counter() - wall) * 1e3,
                "cpu": (time.process_time() - cpu) * 1e3,
            }
        )
    return {"times": times, "parameters": sum(p.numel() for p in net.parameters())}


def compare(file):
    """The largest difference of the answers for weights and inputs that the other side has written."""
    tensors = load_file(file)
    net = multiscale().eval()
    prefix = "weights."
    net.load_state_dict({k[len(prefix) :]: v for k, v in tensors.items() if k.startswith(prefix)})
    with torch.no_grad():
        answers = net(tensors["track"].movedim(1, -1).contiguous(), tensors["features"])
    return {"difference": max((answers[k] - tensors[k]).abs().max().item() for k in answers)}


print(json.dumps({"device": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    answer = compare(request["file"]) if request["mode"] == "compare" else measure(**request)
    print(json.dumps(answer), flush=True)
