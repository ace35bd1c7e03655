#!/bin/bash
# The house rules that the compiler does not hold.
set -uo pipefail
cd "$(dirname "$0")/.."
bad=0
rule() { # rule TEXT PATTERN PATH...: nothing in these paths may match
    local text=$1 pattern=$2 found
    shift 2
    found=$(grep -rnE "$pattern" "$@" 2>/dev/null) && { echo "check: $text"; echo "$found" | head -n 5; bad=1; }
}
rule "the program knows no night, only runbooks" 'IC-Web|smoke-1|Payments' Sources
rule "no way around the compiler's checks" 'try!|@unchecked Sendable|nonisolated\(unsafe\)' Sources
rule "no unfinished work" '\b(TODO|FIXME|XXX)\b' Sources
rule "a pane names no colour" '\.(red|green|blue|yellow|cyan|magenta)\b' Sources/WarRoomScreen/Panes Sources/WarRoomCore
rule "only warroom-hub and the tests ask what time it is" 'clock_gettime\(CLOCK_REALTIME|Date\(\)|gettimeofday' \
    Sources/WarRoomCore Sources/WarRoomScreen Sources/WarRoomHub Sources/WarRoomRunbook Sources/WarRoomWire
while read -r lines file; do
    [ "$file" != total ] && [ "$lines" -gt 450 ] && { echo "check: $file has $lines lines; split it"; bad=1; }
done < <(find Sources -name '*.swift' -print0 | xargs -0 wc -l)
for file in $(git ls-files | grep -E '(^|/)(\.build|Package\.resolved|core)(/|$)'); do
    echo "check: $file should not be tracked"; bad=1
done
exit $bad
