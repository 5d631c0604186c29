#!/bin/sh
# Makes a virtual environment with scikit-learn for the benchmark, once, and prints their versions.
#   setup.sh FOLDER
set -eu
folder=$1
if ! "$folder/bin/python" -c 'import sklearn' 2>/dev/null; then
  "${PYTHON:-python3}" -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check scikit-learn >&2
fi
"$folder/bin/python" -c 'import sklearn, sys; print("Python", sys.version.split()[0] + ", scikit-learn", sklearn.__version__)'
