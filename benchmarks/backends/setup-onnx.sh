#!/bin/sh
# Installs ONNX Runtime Web outside the repository (150 MB).
#   benchmarks/backends/setup-onnx.sh [FOLDER]      (default: $DIFFUSION_ONNX, or ~/.cache/diffusion-bench/onnx)
set -eu
folder=${1:-${DIFFUSION_ONNX:-$HOME/.cache/diffusion-bench/onnx}}
mkdir -p "$folder"
[ -e "$folder/package.json" ] || echo '{ "private": true }' > "$folder/package.json"
[ -e "$folder/node_modules/onnxruntime-web" ] ||
  (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --silent onnxruntime-web)
echo "$folder"
