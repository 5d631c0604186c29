#!/bin/sh
# Makes a virtual environment with Jupyter's nbconvert from PyPI, and installs Deno, which is a kernel of it, from npm, both outside
# the repository.
#   benchmarks/notebooks/setup.sh [FOLDER]      (default: $DIFFUSION_JUPYTER, or ~/.cache/diffusion-bench/jupyter)
set -eu
folder=${1:-${DIFFUSION_JUPYTER:-$HOME/.cache/diffusion-bench/jupyter}}
if [ ! -x "$folder/bin/python" ]; then
  mkdir -p "$(dirname "$folder")"
  python3 -m venv "$folder"
fi
"$folder/bin/python" -c 'import nbconvert, jupyter_client, ipykernel' 2>/dev/null ||
  "$folder/bin/pip" install --quiet nbconvert jupyter-client ipykernel
if [ ! -x "$folder/node_modules/.bin/deno" ]; then
  (cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent deno@2)
fi
"$folder/node_modules/.bin/deno" --version
