#!/bin/sh
# One process of the set-up with many: told where the database and the Rasas are, kept alive (deploy/Procfile.many).
set -eu
from=${MANY_PORT:-8080}
var=${HUTONG_VAR_DIR:-var}
export HUTONG_ACTIONS_PORT="${HUTONG_ACTIONS_PORT:-$((from + 7))}"
export HUTONG_RASA_URL="${HUTONG_RASA_URL:-http://127.0.0.1:$((from + 9)),http://127.0.0.1:$((from + 10))}"
case "$*" in
*postgres.py*) ;; # the database itself waits for none
*)
  while [ -z "${HUTONG_DATABASE_URL:-}" ]; do
    HUTONG_DATABASE_URL=$(cat "$var/database.url" 2>/dev/null) || sleep 1
  done
  export HUTONG_DATABASE_URL
  ;;
esac
exec sh deploy/keep.sh "$@"
