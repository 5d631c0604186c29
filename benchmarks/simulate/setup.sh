#!/bin/sh
# Makes a virtual environment with andi-datasets and numpy from PyPI, outside the repository.
#   benchmarks/simulate/setup.sh [FOLDER]      (default: $DIFFUSION_ANDI, or ~/.cache/diffusion-bench/venv)
set -eu
folder=${1:-${DIFFUSION_ANDI:-$HOME/.cache/diffusion-bench/venv}}
if [ ! -x "$folder/bin/python" ]; then
  mkdir -p "$(dirname "$folder")"
  python3 -m venv "$folder"
fi
# andi-datasets imports IPython without asking for it.
"$folder/bin/python" -c 'import andi_datasets.datasets_challenge' 2>/dev/null ||
  "$folder/bin/pip" install --quiet numpy andi-datasets ipython
"$folder/bin/python" -c 'from importlib.metadata import version as v; print("andi-datasets", v("andi-datasets"), "numpy", v("numpy"))'
