#!/bin/sh
# Makes a virtual environment with what the benchmark is compared with, once, and prints the versions.
#   setup.sh FOLDER
set -eu
folder=$1
if ! "$folder/bin/python" -c 'import numpy, scipy, trackpy, saspt' 2>/dev/null; then
  "${PYTHON:-python3}" -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check numpy scipy trackpy saspt >&2
fi
"$folder/bin/python" -c 'import importlib.metadata as m, sys; print("Python", sys.version.split()[0] + ", " + ", ".join(p + " " + m.version(p) for p in ("numpy", "scipy", "trackpy", "saspt")))'
