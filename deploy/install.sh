#!/bin/sh
# Make one environment from its lock file: install.sh FOLDER LOCK STAMP PYTHON-VERSION...
# Packages are installed by uv, itself pinned by hash, and every package must match its hash.
set -eu
folder=$1 lock=$2 stamp=$3
shift 3
if [ ! -x "$folder/bin/python" ]; then
  if python=$(sh deploy/find-python.sh "$@"); then
    "$python" -m venv "$folder"
  elif [ -x .venv/bin/uv ]; then
    echo "No CPython $1 found here; letting uv fetch one."
    .venv/bin/uv venv --python "$1" --seed "$folder"
  else
    echo "This needs CPython $* and none was found. Install one (for example with pyenv) and run make again." >&2
    exit 1
  fi
fi
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
echo "Installing $lock into $folder ..."
# Compiled now: else every start does it again where Python may not write beside its packages, five seconds of a processor each time.
VIRTUAL_ENV=$folder .venv/bin/uv pip install --quiet --compile-bytecode --require-hashes -r "$lock"
touch "$stamp"
