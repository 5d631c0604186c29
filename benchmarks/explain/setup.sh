#!/bin/sh
# Makes a virtual environment with PyTorch, captum, zennit, Quantus, numpy and safetensors from PyPI, outside the repository.
#   benchmarks/explain/setup.sh [FOLDER]      (default: $DIFFUSION_EXPLAIN, or ~/.cache/diffusion-bench/explain)
set -eu
folder=${1:-${DIFFUSION_EXPLAIN:-$HOME/.cache/diffusion-bench/explain}}
if [ ! -x "$folder/bin/python" ]; then
  mkdir -p "$(dirname "$folder")"
  python3 -m venv "$folder"
fi
"$folder/bin/python" -c 'import torch, numpy, safetensors, captum, zennit, quantus' 2>/dev/null ||
  "$folder/bin/pip" install --quiet torch numpy safetensors 'captum==0.9.*' 'zennit==0.5.*' 'quantus==0.6.*'
"$folder/bin/python" -c '
from importlib.metadata import version
print(" ".join(f"{name} {version(name)}" for name in ("torch", "captum", "zennit", "quantus")))'
