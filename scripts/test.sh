#!/bin/bash
# Runs all tests and ends with one line that counts them.
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
status=0

swift test -j "${JOBS:-2}" --explicit-target-dependency-import-check error 2>&1 | tee "$log/swift" | grep -vE '^(◇|✔|\[[0-9]+/[0-9]+\])' || true
[ "${PIPESTATUS[0]}" -eq 0 ] || status=1
/usr/bin/python3 -B -m pytest -q --durations=5 Tests/EndToEnd 2>&1 | tee "$log/pytest"
[ "${PIPESTATUS[0]}" -eq 0 ] || status=1

# "Test run with 58 tests in 4 suites passed after 1.6 seconds." and pytest's "31 passed, 1 skipped in 40 s".
swift_total=$(grep -oE 'Test run with [0-9]+ test' "$log/swift" | grep -oE '[0-9]+' | awk '{s+=$1} END {print s+0}')
swift_failed=$(grep -cE '^✘ Test .* failed after' "$log/swift" || true)
count() { grep -oE "[0-9]+ $1" "$log/pytest" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
passed=$((swift_total - swift_failed + $(count passed)))
failed=$((swift_failed + $(count failed) + $(count error)))
[ "$swift_total" -gt 0 ] || { echo "no unit test ran"; status=1; failed=$((failed + 1)); }
echo "$passed passed, $failed failed, $(count skipped) skipped"
[ "$failed" -eq 0 ] && exit $status
exit 1
