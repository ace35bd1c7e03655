#!/bin/sh
# What a scheduler of jobs would do: it says in a note which jobs wait, by renaming a file into place.
set -eu
mkdir -p "$1/events"
text="the scheduler holds 14 jobs until Monday"
printf '{"type": "warroom.note", "subject": "reschedule-jobs", "data": {"text": "%s"}}\n' "$text" \
    >"$1/events/.scheduler.tmp"
mv "$1/events/.scheduler.tmp" "$1/events/scheduler.json"
