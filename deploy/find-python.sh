#!/bin/sh
# Print the path of a CPython of the wanted minor version (such as 3.10), or of one of several (3.11 3.12 3.13).
# Looks at pyenv's own folder before PATH: a pyenv shim in PATH may refuse to run.
for want in "$@"; do
  for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$want".*/bin/python "$(command -v "python$want" 2>/dev/null)" \
               "$(command -v python3 2>/dev/null)"; do
    [ -x "$found" ] || continue
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    [ "$version" = "$want" ] && { echo "$found"; exit 0; }
  done
done
exit 1
