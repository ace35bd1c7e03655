#!/bin/bash
# prepare.sh [tests|check|bench|built|bare]: installs what this machine lacks; says what to do where it cannot.
#   (nothing)  what the build needs
#   tests      and what the tests need       check  and what the checks need       bench  and what is measured beside
#   built      what programs that are built already need to run and to be tested: no Swift
#   bare       what makes a bare Debian to test them in
set -euo pipefail

say() { echo "prepare: $*" >&2; }

# The first four are what Swift itself needs; the rest is linked into the programs.
build=(g++ git libcurl4-openssl-dev libxml2-dev libncurses-dev libsqlite3-dev libexpat1-dev libssl-dev pkg-config)
# README.md names the same ones.
run=(libsqlite3-0 libexpat1 libssl3 libstdc++6)
tests=(binutils python3 python3-jsonschema python3-pyte python3-pytest python3-yaml procps strace tmux tzdata)
swift=yes
case ${1:-} in
    '') need=("${build[@]}") ;;
    check) need=("${build[@]}" python3) ;;
    tests) need=("${build[@]}" "${tests[@]}") ;;
    bench) need=("${build[@]}" python3 btop htop lnav multitail) ;;
    built) need=("${run[@]}" "${tests[@]}") swift= ;;
    bare) need=(debootstrap) swift= ;;
    *) say "'$1' is none of tests, check, bench, built, bare"; exit 2 ;;
esac

if [ -n "$swift" ] && ! command -v swift >/dev/null; then
    say "no 'swift' on PATH; install Swift 6.1 or later (https://www.swift.org/install/linux/)," \
        "and put its usr/bin on PATH"
    exit 1
fi

missing=()
if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    here=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${need[@]}" 2>/dev/null || true)
    for package in "${need[@]}"; do
        grep -qxF "installed $package" <<<"$here" || missing+=("$package")
    done
else
    say "this is no Debian: nothing is installed; needed is what these packages hold: ${need[*]}"
fi

if [ ${#missing[@]} -gt 0 ]; then
    as_root=(env)
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "packages are missing and you are not root; ask root to run: apt-get install ${missing[*]}"
            exit 1
        fi
        as_root=(sudo env)
    fi
    say "installing ${missing[*]}"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    apt=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60)
    # Old lists are no reason to stop: the installation says whether they were good enough.
    "${apt[@]}" update >"$log" 2>&1 || true
    if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        grep -E '^(E|W|sudo):' "$log" | tail -n 4 >&2 || tail -n 4 "$log" >&2
        say "could not install them; when the network and root's rights are there, try again," \
            "or run: apt-get install ${missing[*]}"
        exit 1
    fi
fi

[ -n "$swift" ] || exit 0
if ! version=$(swift --version 2>&1); then
    say "'swift' is on PATH and does not run: $(head -n 1 <<<"$version")"
    exit 1
fi
number=$(grep -oE 'Swift version [0-9]+\.[0-9]+' <<<"$version" | grep -oE '[0-9.]+$' || true)
if [ -n "$number" ] && [ "$(printf '%s\n' 6.1 "$number" | sort -V | head -n 1)" != 6.1 ]; then
    say "this is Swift $number; 6.1 or later is needed (https://www.swift.org/install/linux/)"
    exit 1
fi
