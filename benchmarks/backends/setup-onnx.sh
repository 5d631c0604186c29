#!/bin/sh
# Installs ONNX Runtime Web outside the repository (150 MB), and, where PyTorch is (setup-torch.sh), what it needs to write
# networks for it.
#   benchmarks/backends/setup-onnx.sh [FOLDER]      (default: $DIFFUSION_ONNX, or ~/.cache/diffusion-bench/onnx)
set -eu
folder=${1:-${DIFFUSION_ONNX:-$HOME/.cache/diffusion-bench/onnx}}
torch=${DIFFUSION_TORCH:-$HOME/.cache/diffusion-bench/torch}
mkdir -p "$folder"
[ -e "$folder/package.json" ] || echo '{ "private": true }' > "$folder/package.json"
[ -e "$folder/node_modules/onnxruntime-web" ] ||
  (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --silent onnxruntime-web)
[ ! -x "$torch/bin/python" ] ||
  "$torch/bin/python" -c 'import onnx' 2>/dev/null || "$torch/bin/pip" install --quiet onnx
echo "$folder"
