#!/bin/bash
# The sample night on this terminal, live from its status files and test reports, with the clock at Sunday 04:31.
# The state lies in a folder of its own and goes with the screen.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${WARROOM_BIN:-.build/release}
night=sample-data/2025-09-14
for program in warroom warroom-hub; do
    [ -x "$bin/$program" ] || { echo "sample-night: no $program in $bin; run 'make release', or 'make run' for both" >&2; exit 2; }
done

state=$(mktemp -d /tmp/warroom-sample.XXXXXX) # a socket's name has room for 107 bytes
socket=$state/hub.sock
hub=
probe=
leave() {
    for pid in $probe $hub; do
        { kill "$pid" && wait "$pid"; } 2>/dev/null || true
    done
    rm -rf "$state"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
cp -R "$night/night/." "$state/"
# A file is as old as its content: these were written a moment ago.
find "$state" -type f -exec touch {} +

"$bin/warroom-hub" serve "$night/runbook.yaml" --state "$state" --socket "$socket" \
    --at "${AT:-Sun 04:31}" --speed "${SPEED:-1}" >"$state/hub.log" 2>&1 &
hub=$!
for _ in $(seq 200); do
    [ ! -S "$socket" ] && kill -0 "$hub" 2>/dev/null || break
    sleep 0.05
done
[ -S "$socket" ] || { echo "sample-night: the hub did not start:" >&2; cat "$state/hub.log" >&2; exit 1; }
# The tools look at the servers and pools again and again; without them a pool counts for nothing after a minute.
every=$(awk -v speed="${SPEED:-1}" 'BEGIN { s = speed > 0 ? 20 / speed : 20; print s < 0.2 ? 0.2 : s }')
(
    trap 'kill $! 2>/dev/null; exit' TERM
    while sleep "$every" & wait $!; do touch "$state/pools.json" "$state"/patch/*.json; done
) </dev/null >/dev/null 2>&1 &
probe=$!
# What people had said before 04:31; where a gate was shut the hub refuses, as it would on the night.
"$bin/warroom" emit --socket "$socket" "$night/until-0431.ndjson" >"$state/answers.log" 2>&1 || true
"$bin/warroom" open --socket "$socket" "$@"
