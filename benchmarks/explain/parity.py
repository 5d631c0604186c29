"""The maps of captum and zennit for the networks and weights that parity.mjs has written, and how far off its own are.

    python benchmarks/explain/parity.py FOLDER [GOLDEN]

Prints a JSON list of { name, kind, method, difference }: the largest difference over all rows and inputs, as a share of the largest
number of the peer's map. Where there is a second folder, weights, inputs and the peer's maps are written to it. Networks are made of modules that zennit knows; what it has no rule for has one here: layer normalisation
with its deviation detached, statistics over time, gates.
"""

import json
import sys
from pathlib import Path

import torch
from captum.attr import InputXGradient, IntegratedGradients
from safetensors.torch import load_file, save_file
from torch import nn
from zennit.canonizers import SequentialMergeBatchNorm
from zennit.composites import LayerMapComposite
from zennit.core import Hook, stabilize
from zennit.layer import Sum
from zennit.rules import AlphaBeta, Epsilon, Gamma, Norm, Pass, ZPlus
from zennit.types import Activation, AvgPool, BatchNorm, Convolution


class Weights:
    """Modules with the weights of a state dict."""

    def __init__(self, tensors):
        self.tensors = tensors

    def module(self, name, made):
        state = {
            key[len(name) + 1 :]: value
            for key, value in self.tensors.items()
            if key.startswith(f"{name}.") and "." not in key[len(name) + 1 :]
        }
        scale = state.pop("scale", None)
        if scale is not None:
            state = {key: value * scale for key, value in state.items()}
        missing, left = made.load_state_dict(state, strict=False)
        assert not left and all("num_batches" in each for each in missing), (name, missing, left)
        return made

    def conv(self, name, **options):
        outputs, inputs, kernel = self.tensors[f"{name}.weight"].shape
        return self.module(name, nn.Conv1d(inputs, outputs, kernel, **options))

    def padded(self, name, stride=1):
        return self.conv(name, stride=stride, padding=self.tensors[f"{name}.weight"].shape[2] // 2)

    def norm(self, name):
        return self.module(name, nn.BatchNorm1d(len(self.tensors[f"{name}.weight"]), eps=1e-5))

    def dense(self, name):
        outputs, inputs = self.tensors[f"{name}.weight"].shape
        return self.module(name, nn.Linear(inputs, outputs))


class Mean(nn.Module):
    """Over time; by zennit's Norm."""

    def forward(self, x):
        return x.mean(2)


class Maximum(nn.Module):
    """Over time: its gradient is the rule."""

    def forward(self, x):
        return x.amax(2)


class Deviation(nn.Module):
    """Over time; by SquaresHook."""

    def forward(self, x):
        return (x.var(2, unbiased=False) + 1e-5).sqrt()


class SquaresHook(Hook):
    """The squared distances from the mean that a deviation is made of."""

    def __init__(self, epsilon):
        super().__init__()
        self.epsilon = epsilon

    def copy(self):
        return SquaresHook(self.epsilon)

    def forward(self, module, input, output):
        self.stored_tensors["input"] = input
        self.stored_tensors["output"] = output

    def backward(self, module, grad_input, grad_output):
        x = self.stored_tensors["input"][0]
        y = self.stored_tensors["output"]
        squares = (x - x.mean(2, keepdim=True)) ** 2 / x.shape[2] / y[..., None]
        return (squares * (grad_output[0] / stabilize(y, self.epsilon))[..., None],)


class LayerNorm(nn.LayerNorm):
    """Its deviation taken for a constant; by zennit's Norm."""

    def forward(self, x):
        far = x - x.mean(1, keepdim=True)
        factor = (far**2).mean(1, keepdim=True).add(self.eps).rsqrt()
        # Only what a map is propagated through: the gradients of captum are those of the whole.
        if LayerNorm.detached:
            factor = factor.detach()
        return far * factor * self.weight + self.bias


LayerNorm.detached = False


class SignalTakesAll(torch.autograd.Function):
    @staticmethod
    def forward(context, signal, gate):
        return signal * gate

    @staticmethod
    def backward(context, relevance):
        return relevance, torch.zeros_like(relevance)


class Gate(nn.Module):
    relevance = False

    def forward(self, signal, gate):
        return SignalTakesAll.apply(signal, gate) if Gate.relevance else signal * gate


class Cnn(nn.Module):
    def __init__(self, weights, stack, **_):
        super().__init__()
        made = []
        for i, digit in enumerate(stack):
            at = f"layer{i + 1}"
            if digit == "1":
                made += [weights.conv(f"{at}.conv"), nn.ReLU()]
            elif digit == "2":
                made += [nn.MaxPool1d(2, 2)]
            else:
                made += [weights.norm(f"{at}.norm")]
        self.stack = nn.Sequential(*made)
        self.dense = weights.dense("dense")
        self.head = weights.dense("head")

    def forward(self, track):
        x = self.dense(self.stack(track.transpose(1, 2)).transpose(1, 2))
        return self.head(x.flatten(1))


class Block(nn.Module):
    def __init__(self, weights, name, stride):
        super().__init__()
        self.first = nn.Sequential(
            weights.padded(f"{name}.conv1", stride), weights.norm(f"{name}.norm1"), nn.ReLU()
        )
        self.second = nn.Sequential(weights.padded(f"{name}.conv2"), weights.norm(f"{name}.norm2"))
        identity = []
        if stride == 2:
            identity += [nn.AvgPool1d(2, 2, ceil_mode=True)]
        if f"{name}.identity.conv.weight" in weights.tensors:
            identity += [weights.padded(f"{name}.identity.conv"), weights.norm(f"{name}.identity.norm")]
        self.identity = nn.Sequential(*identity)
        self.sum = Sum()
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.sum(torch.stack([self.second(self.first(x)), self.identity(x)], -1)))


class Xresnet(nn.Module):
    def __init__(self, weights, pooling="average", **_):
        super().__init__()
        made = []
        for i, stride in enumerate([2, 1, 1]):
            name = f"stem{i + 1}"
            made += [weights.padded(f"{name}.conv", stride), weights.norm(f"{name}.norm"), nn.ReLU()]
        made += [nn.MaxPool1d(3, 2, padding=1)]
        depth = 1
        while f"stage{depth}.block1.conv1.weight" in weights.tensors:
            stride = 1 if depth == 1 else 2
            made += [Block(weights, f"stage{depth}.block1", stride), Block(weights, f"stage{depth}.block2", 1)]
            depth += 1
        self.stack = nn.Sequential(*made)
        self.pools = nn.ModuleList([Mean(), Maximum()] if pooling == "both" else [Mean()])
        self.head = weights.dense("head")

    def forward(self, track, *features):
        x = self.stack(track.transpose(1, 2))
        return self.head(torch.cat([*(pool(x) for pool in self.pools), *features], 1))


class WadnetConvolutions(nn.Module):
    def __init__(self, weights, **_):
        super().__init__()
        self.first = weights.padded("first")
        self.layers = nn.ModuleList()
        depth = 1
        while f"layer{depth}.filter.weight" in weights.tensors:
            apart = {"padding": 2 ** (depth - 1), "dilation": 2 ** (depth - 1)}
            self.layers.append(
                nn.ModuleDict(
                    {
                        "filter": weights.conv(f"layer{depth}.filter", **apart),
                        "tanh": nn.Tanh(),
                        "gate": weights.conv(f"layer{depth}.gate", **apart),
                        "sigmoid": nn.Sigmoid(),
                        "product": Gate(),
                        # Shared by all layers; zennit wants one module for each place.
                        "shared": weights.conv("shared"),
                    }
                )
            )
            depth += 1
        self.sum = Sum()
        self.norm = weights.norm("norm")
        self.mean = Mean()
        setattr(self, "class", weights.dense("class"))

    def forward(self, track):
        x = self.first(track.transpose(1, 2))
        terms = [x]
        for each in self.layers:
            z = each["product"](each["tanh"](each["filter"](x)), each["sigmoid"](each["gate"](x)))
            x = each["shared"](z)
            terms.append(x)
        return getattr(self, "class")(self.mean(self.norm(self.sum(torch.stack(terms, -1)))))


class Stage(nn.Module):
    def __init__(self, weights, name, halved):
        super().__init__()
        self.halve = nn.AvgPool1d(2, 2, ceil_mode=True) if halved else nn.Identity()
        self.branch = nn.Sequential(
            weights.padded(f"{name}.conv1"), nn.ReLU(), weights.padded(f"{name}.conv2")
        )
        widens = f"{name}.identity.weight" in weights.tensors
        self.identity = weights.padded(f"{name}.identity") if widens else nn.Identity()
        self.sum = Sum()
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.halve(x)
        return self.act(self.sum(torch.stack([self.identity(x), self.branch(x)], -1)))


class Multiscale(nn.Module):
    def __init__(self, weights, widths, **_):
        super().__init__()
        self.stem = nn.Sequential(weights.padded("stem.conv"), nn.ReLU())
        self.stages = nn.ModuleList(Stage(weights, f"stage{i + 1}", i > 0) for i in range(len(widths)))
        self.statistics = nn.ModuleList(
            nn.ModuleList([Mean(), Maximum(), Deviation()]) for _ in widths
        )
        seen = len(weights.tensors["head.norm.weight"])
        self.norm = weights.module("head.norm", LayerNorm(seen, eps=1e-5))
        self.dense = weights.dense("head.dense")
        self.act = nn.ReLU()
        setattr(self, "class", weights.dense("class"))

    def forward(self, track, features):
        x = self.stem(track.transpose(1, 2))
        seen = []
        for stage, statistics in zip(self.stages, self.statistics):
            x = stage(x)
            seen += [each(x) for each in statistics]
        y = self.norm(torch.cat([*seen, features], 1))
        return getattr(self, "class")(self.act(self.dense(y)))


networks = {"cnn": Cnn, "xresnet": Xresnet, "wadnet": WadnetConvolutions, "multiscale": Multiscale}


class MergeWholly(SequentialMergeBatchNorm):
    """zennit leaves the ε of a merged normalisation where it is: it would divide relevance by √(1 + ε) at every one."""

    def register(self, linears, batch_norm):
        super().register(linears, batch_norm)
        self.eps, batch_norm.eps = batch_norm.eps, 0.0

    def remove(self):
        self.batch_norm.eps = self.eps
        super().remove()


def composite_of(kind, rule):
    epsilon = rule["epsilon"]
    weighted = {
        "epsilon": lambda: Epsilon(epsilon),
        "gamma": lambda: Gamma(rule.get("gamma"), stabilizer=epsilon),
        "alpha-beta": lambda: AlphaBeta(rule.get("alpha"), rule.get("beta"), stabilizer=epsilon),
        "z-plus": lambda: ZPlus(stabilizer=epsilon),
    }[rule["kind"]]()
    layers = [
        (Activation, Pass()),
        ((Sum, AvgPool, Mean, LayerNorm), Norm(stabilizer=epsilon)),
        ((Deviation,), SquaresHook(epsilon)),
        (Convolution, weighted),
        ((nn.Linear,), weighted),
    ]
    # Where every one follows a convolution, all of them are merged into those, and have nothing to say.
    if kind != "xresnet":
        layers.append((BatchNorm, Epsilon(epsilon)))
    return LayerMapComposite(layers, canonizers=[MergeWholly()])


def maps_of(network, kind, inputs, target, options):
    mask = nn.functional.one_hot(torch.tensor(target), 4).float()
    inputs = tuple(each.clone().requires_grad_() for each in inputs)
    if options["method"] == "lrp":
        LayerNorm.detached = Gate.relevance = True
        with composite_of(kind, options["rule"]).context(network) as modified:
            answers = modified(*inputs)
            maps = torch.autograd.grad(answers, inputs, grad_outputs=answers.detach() * mask)
        LayerNorm.detached = Gate.relevance = False
        return maps
    where = torch.tensor(target)
    if options["method"] == "gradient-input":
        return InputXGradient(network).attribute(inputs, target=where)
    integrated = IntegratedGradients(network, multiply_by_inputs=True)
    return integrated.attribute(
        inputs, target=where, n_steps=options["steps"], method="gausslegendre", internal_batch_size=60
    )


def below(tensors, prefix):
    return {key[len(prefix) :]: value for key, value in tensors.items() if key.startswith(prefix)}


def main(folder, golden=None):
    torch.set_num_threads(1)
    results = []
    for case in json.loads((folder / "cases.json").read_text()):
        tensors = load_file(folder / f"{case['name']}.safetensors")
        about = {key: value for key, value in case.items() if key not in ("name", "kind", "inputs")}
        network = networks[case["kind"]](Weights(below(tensors, "weights.")), **about).eval()
        fed = below(tensors, "input.")
        inputs = [fed[str(i)] for i in range(len(fed))]
        answers = network(*inputs).detach()
        chosen = answers[range(len(answers)), case["target"]]
        kept = {key: value for key, value in tensors.items() if key.startswith(("weights.", "input."))}
        for method, options in case["methods"].items():
            ours = below(tensors, f"map.{method}.")
            apart = (tensors[f"output.{method}.0"] - chosen).abs().max() / answers.abs().max()
            assert apart < 1e-4, f"{case['name']}: the networks differ by {apart}"
            theirs = maps_of(network, case["kind"], inputs, case["target"], options)
            kept |= {f"map.{method}.{i}": each.detach().contiguous() for i, each in enumerate(theirs)}
            largest = max(each.abs().max() for each in theirs)
            difference = max((ours[str(i)] - each).abs().max() for i, each in enumerate(theirs))
            share = float((difference / largest).detach())
            results.append(
                {"name": case["name"], "kind": case["kind"], "method": method, "difference": share}
            )
        if golden:
            kept["target"] = torch.tensor(case["target"], dtype=torch.float32)
            save_file(kept, golden / f"{case['name']}.safetensors")
    print(json.dumps(results))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
