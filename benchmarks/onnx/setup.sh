#!/bin/sh
# Makes a virtual environment with ONNX Runtime, numpy and ONNX's checker from PyPI, and installs ONNX Runtime Web from npm,
# both outside the repository.
#   benchmarks/onnx/setup.sh [FOLDER]      (default: $DIFFUSION_ONNXRUNTIME, or ~/.cache/diffusion-bench/onnxruntime)
set -eu
folder=${1:-${DIFFUSION_ONNXRUNTIME:-$HOME/.cache/diffusion-bench/onnxruntime}}
if [ ! -x "$folder/bin/python" ]; then
  mkdir -p "$(dirname "$folder")"
  python3 -m venv "$folder"
fi
"$folder/bin/python" -c 'import onnx, onnxruntime' 2>/dev/null ||
  "$folder/bin/pip" install --quiet numpy onnx onnxruntime
"$folder/bin/python" -c 'import onnx, onnxruntime as o; print("onnxruntime", o.__version__, "onnx", onnx.__version__)'
"$(dirname "$0")/../backends/setup-onnx.sh"
