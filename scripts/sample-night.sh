#!/bin/bash
# The sample night on this terminal, live from its status files and test reports, with the clock at Sunday 04:31.
# The state lies in a folder of its own and goes with the screen.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${WARROOM_BIN:-.build/release}
night=sample-data/2025-09-14

state=$(mktemp -d "${TMPDIR:-/tmp}/warroom-sample.XXXXXX")
socket=$state/hub.sock
trap 'kill "$hub" 2>/dev/null; wait "$hub" 2>/dev/null; rm -rf "$state"' EXIT
cp -R "$night/night/." "$state/"
# A file is as old as its content: these were written a moment ago.
find "$state" -type f -exec touch {} +

"$bin/warroom-hub" serve "$night/runbook.yaml" --state "$state" --socket "$socket" \
    --at "${AT:-Sun 04:31}" --speed "${SPEED:-1}" 2>"$state/hub.log" &
hub=$!
for _ in $(seq 100); do
    [ -S "$socket" ] && break
    kill -0 "$hub" 2>/dev/null || { cat "$state/hub.log" >&2; exit 1; }
    sleep 0.05
done
# What people had said before 04:31; where a gate was shut the hub refuses, as it would on the night.
"$bin/warroom" emit --socket "$socket" "$night/until-0431.ndjson" >"$state/answers.log" 2>&1 || true
"$bin/warroom" open --socket "$socket" "$@"
