#!/bin/sh
# What both environments are made of, as CycloneDX 1.6 JSON: sbom.sh FOLDER. Read from the locks, without a network.
set -eu
folder=${1:-var/sbom}
mkdir -p "$folder"
for lock in app rasa dev; do
  # A lock says what is installed, not what needs what: the tool's warning about a missing graph is right and known.
  PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements "requirements/$lock.txt" --pyproject pyproject.toml --output-reproducible \
    --sv 1.6 --of JSON -o "$folder/$lock.cdx.json"
  echo "$folder/$lock.cdx.json"
done
