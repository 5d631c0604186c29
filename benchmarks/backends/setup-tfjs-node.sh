#!/bin/sh
# Builds @tensorflow/tfjs-node outside the repository against the TensorFlow library inside PyPI's wheel, for machines where
# the library that it downloads itself is out of reach or too old. Needs npm, python3 with pip, g++.
#   benchmarks/backends/setup-tfjs-node.sh [--gpu] [FOLDER]      (default: $DIFFUSION_TFJS_NODE, or
#                                                                 ~/.cache/diffusion-bench/tfjs-node)
# With --gpu it takes the wheel with CUDA, 6.6 GB in all, and @tensorflow/tfjs-node-gpu.
set -eu
name=tfjs-node
wheel=tensorflow-cpu
if [ "${1:-}" = --gpu ]; then
  name=tfjs-node-gpu
  wheel='tensorflow[and-cuda]'
  shift
fi
folder=${1:-${DIFFUSION_TFJS_NODE:-$HOME/.cache/diffusion-bench/$name}}
package=$folder/node_modules/@tensorflow/$name
binding=$package/lib/napi-v8/tfjs_binding.node
if [ ! -e "$binding" ]; then
  mkdir -p "$folder"
  cd "$folder"
  [ -e package.json ] || echo '{ "private": true }' > package.json
  npm install --ignore-scripts --no-audit --no-fund --silent "@tensorflow/$name@4.22.0" node-api-headers
  [ -x python/bin/python ] || python3 -m venv python
  python/bin/python -c 'import importlib.util as u, sys; sys.exit(not u.find_spec("tensorflow"))' ||
    python/bin/pip install --quiet "$wheel"
  tensorflow=$(python/bin/python -c 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])')
  mkdir -p "$package/deps/lib" "$package/lib/napi-v8"
  framework=$(ls "$tensorflow"/libtensorflow_framework.so.* | head -1)
  library=$(ls "$tensorflow"/libtensorflow_cc.so.* | head -1)
  for link in libtensorflow_framework.so libtensorflow_framework.so.2; do
    ln -sf "$framework" "$package/deps/lib/$link"
  done
  for link in libtensorflow.so libtensorflow_cc.so.2; do
    ln -sf "$library" "$package/deps/lib/$link"
  done
  # The library looks for those of CUDA beside the folder that it is loaded from.
  nvidia=$(dirname "$tensorflow")/nvidia
  [ ! -d "$nvidia" ] || ln -sfn "$nvidia" "$package/deps/nvidia"
  g++ -O2 -std=c++17 -shared -fPIC -DNAPI_VERSION=8 "$package"/binding/*.cc -o "$binding" \
    -I"$tensorflow/include" -Inode_modules/node-api-headers/include \
    -L"$package/deps/lib" -ltensorflow -ltensorflow_framework -Wl,-rpath,'$ORIGIN/../../deps/lib'
fi
echo "$folder"
