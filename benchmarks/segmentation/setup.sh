#!/bin/sh
# Makes a virtual environment with the challenge's own program and what the benchmark is compared with, once, and prints the
# versions.
#   setup.sh FOLDER
set -eu
folder=$1
if ! "$folder/bin/python" -c 'import ruptures, IPython, andi_datasets.utils_challenge' 2>/dev/null; then
  "${PYTHON:-python3}" -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check andi-datasets ipython ruptures >&2
fi
"$folder/bin/python" -c 'import importlib.metadata as m, sys; print("Python", sys.version.split()[0] + ", " + ", ".join(p + " " + m.version(p) for p in ("andi-datasets", "ruptures", "numpy")))'
