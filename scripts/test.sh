#!/bin/bash
# test.sh [built]: runs all tests, or those of the built programs alone, which need no Swift.
# The last line counts them, the lines before it name what failed; the exit status is 0 if nothing did.
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp -d /tmp/warroom-test.XXXXXX)
trap 'rm -rf "$log"' EXIT

flags=(-j "${JOBS:-$(nproc)}" --no-color-diagnostics --explicit-target-dependency-import-check error)
swift=
if [ "${1:-}" != built ]; then
    swift build --build-tests "${flags[@]}"
    swift=$?
fi
if [ "$swift" = 0 ]; then
    # The names of what passed are left out; the counts come from the event stream, not from the words printed.
    swift test --skip-build "${flags[@]}" --event-stream-output-path "$log/events" 2>&1 | tee "$log/swift" |
        grep --line-buffered -avE '^(◇|✔|↳|Test Suite |Test Case .* (started|passed)|[[:space:]]+Executed 0 tests)'
    swift=${PIPESTATUS[0]}
fi
# Some tests are other users; from a clone in /root they could not start the programs.
if [ -z "${WARROOM_BIN:-}" ] && [ "$(id -u)" -eq 0 ] && [ -x .build/release/warroom-hub ] &&
    ! setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$PWD/.build/release/warroom-hub"; then
    cp .build/release/warroom .build/release/warroom-hub "$log"
    chmod 711 "$log"
    export WARROOM_BIN=$log
fi
# The checks are tested, and the programs attacked for ten seconds, where the program is built; a bare machine tests the
# built programs.
folders=(Tests/Checks Tests/EndToEnd Tests/Attack)
[ "${1:-}" = built ] && folders=(Tests/EndToEnd)
/usr/bin/python3 -B -m pytest -q -rs --durations=5 "${folders[@]}" 2>&1 | tee "$log/pytest"
pytest=${PIPESTATUS[0]}

echo
/usr/bin/python3 -B - "$log" "$swift" "$pytest" <<'PYTHON'
import json, pathlib, re, sys

# What swift ended with is "" where it was not asked.
log, swift, pytest = pathlib.Path(sys.argv[1]), sys.argv[2] and int(sys.argv[2]), int(sys.argv[3])
passed, skipped, failures = 0, 0, []

def lines(name):
    path = log / name
    return path.read_text(errors="replace").splitlines() if path.exists() else []

# Swift Testing. A test that began and did not end went down with the process.
functions, began, ended, skips, bad = {}, set(), set(), set(), set()
for line in lines("events"):
    try:
        record = json.loads(line)
    except ValueError:
        continue  # the process died while it wrote this line
    payload = record.get("payload", {})
    kind, test = payload.get("kind"), payload.get("testID")
    if record.get("kind") == "test" and kind == "function":
        functions[payload["id"]] = payload.get("displayName") or payload.get("name")
    elif kind == "testStarted":
        began.add(test)
    elif kind == "testEnded":
        ended.add(test)
    elif kind == "testSkipped":
        skips.add(test)
    elif kind == "issueRecorded":
        issue = payload.get("issue", {})
        if not issue.get("isKnown") and issue.get("isFailure", issue.get("severity", "error") == "error"):
            bad.add(test)
ran = (began | skips) & functions.keys()
for test in sorted(ran | bad, key=str):
    name = f"{functions.get(test) or 'outside of a test'} ({test or 'see above'})"
    if test in bad:
        failures.append(name)
    elif test in skips:
        skipped += 1
    elif test in ended:
        passed += 1
    else:
        failures.append(f"{name}: did not end")

# XCTest: "Test Case 'Suite.name' passed (0.1 seconds)".
cases = re.findall(r"^Test Case '(.+)' (passed|failed|skipped) \(", "\n".join(lines("swift")), re.M)
passed += sum(how == "passed" for _, how in cases)
skipped += sum(how == "skipped" for _, how in cases)
failures += [name for name, how in cases if how == "failed"]

if swift != "" and not ran and not cases:
    failures.append(f"unit tests: none ran, swift ended with status {swift}")
elif swift and not failures:
    failures.append(f"unit tests: swift test ended with status {swift}")

# pytest's last words: "1 failed, 31 passed, 1 skipped in 40.12s (0:00:40)".
summary = [line for line in lines("pytest") if re.search(r"\b\d+ \w+.* in [\d.]+s\b", line)]
numbers = re.findall(r"(\d+) (\w+)", summary[-1].split(" in ")[0]) if summary else []
counts = {word.rstrip("s"): int(n) for n, word in numbers}
wrong = counts.get("failed", 0) + counts.get("error", 0)
passed += counts.get("passed", 0) + counts.get("xpassed", 0) + counts.get("xfailed", 0)
skipped += counts.get("skipped", 0)
named = [line for line in lines("pytest") if re.match(r"(FAILED|ERROR) \S", line)][-wrong:] if wrong else []
if pytest == 5 or (not pytest and not counts.get("passed")):
    failures.append("Tests in Python: none ran")
elif pytest and not wrong:
    failures.append(f"Tests in Python: pytest ended with status {pytest}")

failed = len(failures) + wrong
for line in failures + named:
    print("failed:", re.sub(r"^(FAILED|ERROR) ", "", line))
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or swift or pytest else 0)
PYTHON
