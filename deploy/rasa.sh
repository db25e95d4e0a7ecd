#!/bin/sh
# Train if the training inputs changed, then run Rasa on loopback with its secret.
set -eu
var=${HUTONG_VAR_DIR:-var}
export HUTONG_RASA_TOKEN="${HUTONG_RASA_TOKEN:-$(cat "$var/rasa.token")}"
export HUTONG_ACTIONS_PORT="${HUTONG_ACTIONS_PORT:-5055}"
export RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore
address=${HUTONG_RASA_URL:-http://127.0.0.1:5005}
.venv/bin/python deploy/train.py
model=$(.venv/bin/python deploy/train.py --print)
exec .venv-rasa/bin/rasa run --enable-api --auth-token "$HUTONG_RASA_TOKEN" -i 127.0.0.1 -p "${address##*:}" \
  --model "$model" --log-file /dev/null
