#!/bin/bash
# Runs the end-to-end tests in a new, bare Debian 12 that holds the built programs and what `prepare.sh built` installs:
# no test passes there thanks to something that only this machine has. The last line counts, as that of test.sh does.
# Where no such Debian can be made, a line says why, and each of its tests counts as skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

# The part that runs with mounts and processes of its own, which the kernel takes away when it ends, however it ends.
inside() {
    local bare=$1 said
    # Its root is a mount, or no test in it could hide folders of its own.
    mount --bind "$bare" "$bare" || return
    if ! said=$(debootstrap --variant=minbase --include=ca-certificates,git,make bookworm "$bare" 2>&1); then
        tail -n 3 <<<"$said" >&2
        return 3
    fi
    # From where this machine has its packages, if it is a Debian 12 as well.
    if grep -q '^VERSION_CODENAME=bookworm' /etc/os-release; then
        rm -f "$bare/etc/apt/sources.list"
        cp /etc/apt/sources.list "$bare/etc/apt/" 2>/dev/null
        cp /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list "$bare/etc/apt/sources.list.d/" 2>/dev/null
    fi
    cp /etc/apt/apt.conf.d/* "$bare/etc/apt/apt.conf.d/" 2>/dev/null
    cp /etc/resolv.conf /etc/hosts "$bare/etc/" 2>/dev/null
    mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc" || return
    mountpoint -q "$bare/sys" || mount -t sysfs sys "$bare/sys" || return
    mount --rbind /dev "$bare/dev" || return

    mkdir -p "$bare/srv/project" "$bare/srv/programs"
    git ls-files -z --cached --others --exclude-standard | tar -c --null --ignore-failed-read -T - 2>/dev/null |
        tar -x --no-same-owner -C "$bare/srv/project"
    cp "${WARROOM_BIN:-.build/release}"/{warroom,warroom-hub} "$bare/srv/programs" || return
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 WARROOM_BIN=/srv/programs \
        chroot "$bare" bash -c 'cd /srv/project && scripts/prepare.sh built && scripts/test.sh built' </dev/null
}

not_run() {
    local tests
    tests=$(/usr/bin/python3 -B -m pytest -q --collect-only Tests/EndToEnd 2>/dev/null |
        grep -oE '^[0-9]+ tests? collected')
    tests=${tests%% *}
    echo "bare: not run: $1" >&2
    echo "0 passed, 0 failed, ${tests:-1} skipped"
    exit 0
}

if [ "${1:-}" = inside ]; then
    inside "$2"
    exit
fi

[ "$(id -u)" -eq 0 ] || not_run "only root can make a bare Debian"
scripts/prepare.sh bare || not_run "debootstrap is not here and cannot be installed"
own=(unshare --mount --propagation private --pid --fork --kill-child)
"${own[@]}" mount -t tmpfs none /mnt 2>/dev/null || not_run "nothing may be mounted here"
echo "bare: the end-to-end tests once more, in a Debian that has nothing but what they ask for"
bare=$(mktemp -d /tmp/warroom-bare.XXXXXX)
trap 'rm -rf --one-file-system "$bare"' EXIT
chmod 755 "$bare"
"${own[@]}" "$0" inside "$bare"
status=$?
[ "$status" -eq 3 ] && not_run "debootstrap could not make it"
exit "$status"
