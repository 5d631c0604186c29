#!/bin/sh
# Makes a virtual environment with PyTorch from PyPI, outside the repository: some 5 GB, a minute.
#   benchmarks/backends/setup-torch.sh [FOLDER]      (default: $DIFFUSION_TORCH, or ~/.cache/diffusion-bench/torch)
set -eu
folder=${1:-${DIFFUSION_TORCH:-$HOME/.cache/diffusion-bench/torch}}
if [ ! -x "$folder/bin/python" ]; then
  mkdir -p "$(dirname "$folder")"
  python3 -m venv "$folder"
fi
"$folder/bin/python" -c 'import torch, numpy, safetensors' 2>/dev/null || "$folder/bin/pip" install --quiet torch numpy safetensors
"$folder/bin/python" -c 'import torch; print("torch", torch.__version__)'
