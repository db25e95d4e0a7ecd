#!/bin/sh
# Run a command and start it again when it dies by itself, waiting a little longer each time (1 to 15 seconds) while it does not last 20 seconds.
# Longer pauses would add up with what a successor waits for: everything is to go on within a minute of a kill, whoever else was killed.
# Told to stop, it stops the command, waits for it and ends: one crash must not take the other processes down.
child=
trap 'trap - TERM INT; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 0' TERM INT
wait_for=1
while :; do
  began=$(date +%s)
  "$@" &
  child=$!
  wait "$child"
  status=$?
  # 78 (EX_CONFIG): the program said what is wrong and that trying again cannot help.
  [ "$status" = 78 ] && exit 78
  [ $(($(date +%s) - began)) -ge 20 ] && wait_for=1 # it had been well
  echo "$* ended with status $status; starting again in $wait_for s"
  sleep "$wait_for" &
  wait $!
  wait_for=$((wait_for < 8 ? wait_for * 2 : 15))
done
