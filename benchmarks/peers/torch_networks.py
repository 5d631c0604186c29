"""The networks of @diffusion/models in PyTorch's own layers, written from the descriptions of the papers.

Run as a script, it writes what the tests of packages/models compare with: for small networks of seeded weights the
state dict (`weights.…`), inputs (`input.<length>.…`) and outputs in inference mode (`output.<length>.…`), one
safetensors file each.

    python benchmarks/peers/torch_networks.py packages/models/src/networks/fixtures
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F


def dimensional(dimension):
    """Convolution, batch normalisation, maximum, mean over pairs and global mean for vectors or pictures."""
    if dimension == 1:
        return nn.Conv1d, nn.BatchNorm1d, nn.MaxPool1d, nn.AvgPool1d, lambda x: x.mean(2)
    return nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d, nn.AvgPool2d, lambda x: x.mean((2, 3))


class ConvNorm(nn.Module):
    def __init__(self, dimension, inputs, outputs, kernel, stride=1):
        super().__init__()
        conv, norm, *_ = dimensional(dimension)
        self.conv = conv(inputs, outputs, kernel, stride, padding=kernel // 2)
        self.norm = norm(outputs, eps=1e-5)

    def forward(self, x):
        return self.norm(self.conv(x))


class ResidualBlock(nn.Module):
    """conv BN act conv BN, + identity, act."""

    def __init__(self, dimension, inputs, outputs, kernel, stride, averaged, act):
        super().__init__()
        conv, norm, _, average, _ = dimensional(dimension)
        self.conv1 = conv(inputs, outputs, kernel, stride, padding=kernel // 2)
        self.norm1 = norm(outputs, eps=1e-5)
        self.conv2 = conv(outputs, outputs, kernel, padding=kernel // 2)
        self.norm2 = norm(outputs, eps=1e-5)
        self.act = act
        halve = stride == 2 and averaged
        self.halve = average(2, 2, ceil_mode=True) if halve else nn.Identity()
        self.identity = (
            ConvNorm(dimension, inputs, outputs, 1, 1 if averaged else stride)
            if inputs != outputs
            else nn.Identity()
        )

    def forward(self, x):
        y = self.act(self.norm1(self.conv1(x)))
        return self.act(self.norm2(self.conv2(y)) + self.identity(self.halve(x)))


class Residual(nn.Module):
    """ResNet and XResNet of Gajowczyk & Szwabinski 2021."""

    def __init__(
        self, extended, dimension, depth, kernel, filters, channels=1, features=0, classes=4, act=F.relu
    ):
        super().__init__()
        _, _, maximum, _, self.mean = dimensional(dimension)
        self.act = act
        if extended:
            first = filters // 8 * (channels + 1)
            self.stem1 = ConvNorm(dimension, channels, first, kernel, 2)
            self.stem2 = ConvNorm(dimension, first, filters, kernel)
            self.stem3 = ConvNorm(dimension, filters, filters, kernel)
            self.stem = [self.stem1, self.stem2, self.stem3]
        else:
            self.stem1 = ConvNorm(dimension, channels, filters, 7, 2)
            self.stem = [self.stem1]
        self.pool = maximum(3, 2, padding=1)
        self.stages = []
        inputs = filters
        for stage in range(1, depth + 1):
            outputs = filters * 2 ** (stage - 1)
            stride = 1 if stage == 1 else 2
            blocks = nn.ModuleDict(
                {
                    "block1": ResidualBlock(dimension, inputs, outputs, kernel, stride, extended, act),
                    "block2": ResidualBlock(dimension, outputs, outputs, kernel, 1, extended, act),
                }
            )
            setattr(self, f"stage{stage}", blocks)
            self.stages.append(blocks)
            inputs = outputs
        self.head = nn.Linear(inputs + features, classes)

    def forward(self, track, features=None):
        """track [batch, channels, length (, coordinates)], features [batch, features] -> logits."""
        x = track
        for layer in self.stem:
            x = self.act(layer(x))
        x = self.pool(x)
        for blocks in self.stages:
            x = blocks["block2"](blocks["block1"](x))
        x = self.mean(x)
        if features is not None:
            x = torch.cat([x, features], 1)
        return {"class": self.head(x)}


class ScaledConv(nn.Conv1d):
    """A convolution times a learned number."""

    def __init__(self, inputs, outputs, kernel, scale):
        super().__init__(inputs, outputs, kernel, padding=kernel // 2)
        self.scale = nn.Parameter(torch.tensor([scale]))

    def forward(self, x):
        return self.scale * super().forward(x)


class MultiscaleStage(nn.Module):
    def __init__(self, inputs, width, kernel):
        super().__init__()
        self.conv1 = nn.Conv1d(inputs, width, kernel, padding=kernel // 2)
        self.conv2 = ScaledConv(width, width, kernel, 0.1)
        self.identity = nn.Conv1d(inputs, width, 1) if inputs != width else nn.Identity()

    def forward(self, x):
        return F.relu(self.identity(x) + self.conv2(F.relu(self.conv1(x))))


class Multiscale(nn.Module):
    """The network for every length, without batch normalisation."""

    def __init__(self, channels, features, widths, kernel=5, units=256, classes=5):
        super().__init__()
        self.stem = nn.ModuleDict({"conv": nn.Conv1d(channels, widths[0], 7, padding=3)})
        self.stages = []
        for i, width in enumerate(widths):
            stage = MultiscaleStage(widths[max(0, i - 1)], width, kernel)
            setattr(self, f"stage{i + 1}", stage)
            self.stages.append(stage)
        seen = 3 * sum(widths) + features
        self.head = nn.ModuleDict({"norm": nn.LayerNorm(seen, eps=1e-5), "dense": nn.Linear(seen, units)})
        setattr(self, "class", nn.Linear(units, classes))
        self.exponent = nn.Linear(units, 1)

    def forward(self, track, features):
        x = F.relu(self.stem["conv"](track))
        seen = []
        for i, stage in enumerate(self.stages):
            x = stage(x if i == 0 else F.avg_pool1d(x, 2, 2, ceil_mode=True))
            std = (x.var(2, unbiased=False) + 1e-5).sqrt()
            seen += [x.mean(2), x.amax(2), std]
        y = self.head["norm"](torch.cat([*seen, features], 1))
        y = F.relu(self.head["dense"](y))
        return {"class": getattr(self, "class")(y).softmax(1), "exponent": self.exponent(y)}


class WadNet(nn.Module):
    """WADNet of Li et al. 2021."""

    def __init__(self, dim, outputs, filters=32, depth=16, units=64):
        super().__init__()
        self.first = nn.Conv1d(dim, filters, 3, padding=1)
        for k in range(depth):
            for gate in ("filter", "gate"):
                conv = nn.Conv1d(filters, filters, 3, padding=2**k, dilation=2**k)
                setattr(self, f"layer{k + 1}", getattr(self, f"layer{k + 1}", nn.ModuleDict()))
                getattr(self, f"layer{k + 1}")[gate] = conv
        self.depth = depth
        self.shared = nn.Conv1d(filters, filters, 1)
        self.norm = nn.BatchNorm1d(filters, eps=1e-5)
        self.lstm1 = nn.LSTM(filters, units, batch_first=True)
        self.lstm2 = nn.LSTM(units, units, batch_first=True)
        self.lstm3 = nn.LSTM(units, units, batch_first=True)
        self.output = "exponent" if outputs == 1 else "class"
        setattr(self, self.output, nn.Linear(units, outputs))

    def forward(self, track):
        x = self.first(track)
        u = x
        for k in range(self.depth):
            layer = getattr(self, f"layer{k + 1}")
            x = self.shared(torch.tanh(layer["filter"](x)) * torch.sigmoid(layer["gate"](x)))
            u = u + x
        v = self.norm(u).transpose(1, 2)
        for lstm in (self.lstm1, self.lstm2, self.lstm3):
            v, _ = lstm(v)
        y = getattr(self, self.output)(v[:, -1])
        return {self.output: y if self.output == "exponent" else y.softmax(1)}


def shake(module):
    """Running statistics and normalisations away from 0 and 1, so that a mistake in them shows."""
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.normal_(m.running_mean, std=0.5)
            nn.init.uniform_(m.running_var, 0.5, 2)
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.normal_(m.bias, std=0.3)


def channels_last(x):
    return x.movedim(1, -1).contiguous()


def golden(path, module, lengths, shape, features=0):
    """`shape` gives the input of a length, channels first as PyTorch has them; it is written channels last."""
    shake(module)
    module.eval()
    tensors = {f"weights.{k}": v for k, v in module.state_dict().items()}
    for length in lengths:
        track = torch.randn(3, *shape(length)).cumsum(2)
        more = [torch.randn(3, features)] if features else []
        with torch.no_grad():
            outputs = module(track, *more)
        tensors[f"input.{length}.track"] = channels_last(track)
        for value in more:
            tensors[f"input.{length}.features"] = value
        for name, value in outputs.items():
            tensors[f"output.{length}.{name}"] = value.contiguous()
    save_file(tensors, path)
    count = sum(p.numel() for p in module.parameters())
    print(f"{path}: {count} parameters, {Path(path).stat().st_size} bytes", file=sys.stderr)


def main(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    leaky = F.leaky_relu
    golden(
        folder / "xresnet-1d.safetensors",
        Residual(True, 1, depth=3, kernel=5, filters=8, channels=2, features=2, act=leaky),
        [11, 40, 41, 42, 43],
        lambda n: (2, n),
        features=2,
    )
    golden(
        folder / "xresnet-2d.safetensors",
        Residual(True, 2, depth=2, kernel=3, filters=8),
        [20, 21],
        lambda n: (1, n, 2),
    )
    golden(
        folder / "resnet-2d.safetensors",
        Residual(False, 2, depth=2, kernel=3, filters=8),
        [20, 21],
        lambda n: (1, n, 2),
    )
    golden(
        folder / "multiscale.safetensors",
        Multiscale(channels=4, features=2, widths=[8, 12, 12, 16], units=16),
        [1, 10, 36, 37],
        lambda n: (4, n),
        features=2,
    )
    golden(
        folder / "wadnet.safetensors",
        WadNet(2, 5, filters=6, units=10),
        [10, 33, 64],
        lambda n: (2, n),
    )
    golden(
        folder / "wadnet-exponent.safetensors",
        WadNet(1, 1, filters=4, depth=7, units=6),
        [21, 40],
        lambda n: (1, n),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
