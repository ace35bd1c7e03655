#!/bin/bash
# Installs what the build and the tests need and this machine lacks; says what to do where it cannot.
set -euo pipefail

need=(libncurses-dev libsqlite3-dev libexpat1-dev pkg-config)
tests=(python3 python3-pytest python3-pyte python3-jsonschema strace tzdata)

if ! command -v swift >/dev/null; then
    echo "prepare: no 'swift' on PATH; install Swift 6.1 or later (swift.org) and put its usr/bin on PATH" >&2
    exit 1
fi

missing=()
for package in "${need[@]}" "${tests[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "prepare: these Debian packages are missing, ask root to install them: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
if ! command -v apt-get >/dev/null; then
    echo "prepare: this is no Debian; install what these packages hold: ${missing[*]}" >&2
    exit 1
fi
echo "prepare: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "prepare: Debian's packages could not be installed: ${missing[*]}; install them by hand and try again" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
