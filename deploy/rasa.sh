#!/bin/sh
# Train if the training inputs changed, then run Rasa on loopback with its secret.
set -eu
# What Rasa need not know it does not get: where the data is, with which keys, as which bot.
unset HUTONG_DATABASE_URL HUTONG_KEY_FILE HUTONG_TELEGRAM_TOKEN
var=${HUTONG_VAR_DIR:-var}
export HUTONG_RASA_TOKEN="${HUTONG_RASA_TOKEN:-$(cat "$var/rasa.token")}"
export HUTONG_ACTIONS_PORT="${HUTONG_ACTIONS_PORT:-5055}"
export RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore
address=${HUTONG_RASA_URL:-http://127.0.0.1:5005}
port=${RASA_PORT:-${address##*:}} # of several Rasas each is told its own
sleep 3 # the gateway first: danger, buttons and numbers work without us
.venv-rasa/bin/python deploy/train.py || exit 78
exec .venv-rasa/bin/python -m nlu run --enable-api --auth-token "$HUTONG_RASA_TOKEN" -i 127.0.0.1 -p "$port" \
  --model "$(.venv-rasa/bin/python deploy/train.py --print)"
