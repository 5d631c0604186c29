"""LipNet-4 in PyTorch: a line of JSON in, the milliseconds of some training steps out. One thread."""

import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
torch.set_flush_denormal(True)


def block(inputs):
    return [
        nn.Conv2d(inputs, 32, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(32, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
    ]


net = nn.Sequential(*block(1), *block(32), nn.Flatten(), nn.Linear(7 * 7 * 32, 128), nn.ReLU(), nn.Linear(128, 3))
layouts = {"contiguous": torch.contiguous_format, "channels last": torch.channels_last}
net = net.to(memory_format=layouts[sys.argv[1]])
optimizer = torch.optim.Adam(net.parameters(), 1e-3)
x = torch.randn(32, 1, 28, 28).to(memory_format=layouts[sys.argv[1]])
y = torch.arange(32) % 3
parameters = sum(p.numel() for p in net.parameters())
print(json.dumps({"device": f"PyTorch {torch.__version__}", "parameters": parameters}), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(json.loads(line)["steps"]):
        began = time.perf_counter()
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y, label_smoothing=0.05)
        loss.backward()
        optimizer.step()
        loss.item()
        times.append((time.perf_counter() - began) * 1e3)
    print(json.dumps({"times": times}), flush=True)
