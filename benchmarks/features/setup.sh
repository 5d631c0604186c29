#!/bin/sh
# Makes a virtual environment with numpy and scipy for the benchmark, once, and prints their versions.
#   setup.sh FOLDER
set -eu
folder=$1
if ! "$folder/bin/python" -c 'import numpy, scipy' 2>/dev/null; then
  "${PYTHON:-python3}" -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check numpy scipy >&2
fi
"$folder/bin/python" -c 'import numpy, scipy, sys; print("Python", sys.version.split()[0] + ", numpy", numpy.__version__ + ", scipy", scipy.__version__)'
