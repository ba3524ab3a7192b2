#!/usr/bin/env bash
# Counts the small requests that `lockstep oracle` answers in a second through one pipe, start-up included.
# Prints them by wall time, by the processor time that the oracle had, and the machine's load.
#
#   properties/bench/oracle-throughput.sh [REQUESTS=400000] [MIN_A_SECOND]
#
# With MIN_A_SECOND (20000 is what the project promises) it fails when there are fewer by wall time.
set -eu

requests=${1:-400000}
least=${2:-0}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/lockstep-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

awk -v n="$requests" 'BEGIN {
  key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
  policy = "{\"attempts\":5,\"rounds\":2,\"waitSeconds\":86400}"
  for (i = 0; i < n; i++) {
    kind = i % 4
    if (kind == 0) rest = "\"padme\",\"input\":{\"length\":" i "}"
    if (kind == 1) rest = "\"recoverykey.parse\",\"input\":{\"text\":\"" key "\"}"
    if (kind == 2) rest = "\"hkdf\",\"input\":{\"ikm\":\"" key "\",\"salt\":\"\",\"info\":\"00\",\"length\":32}"
    if (kind == 3) rest = "\"limiter.charge\",\"input\":{\"policy\":" policy \
      ",\"state\":{\"charges\":1,\"round\":1,\"phase\":\"open\",\"lockedUntil\":0},\"time\":" 1000 + i "}"
    print "{\"id\":" i ",\"op\":" rest "}"
  }
}' >"$work/requests"

"$root/lockstep" --version >/dev/null # builds where that is needed
TIMEFORMAT='%R %U %S'
{ time cat "$work/requests" | "$root/lockstep" oracle >"$work/answers"; } 2>"$work/time"
[ "$(wc -l <"$work/answers")" -eq "$requests" ] || { echo "not as many answers as requests" >&2; exit 1; }
[ "$(grep -c '"result"' "$work/answers")" -eq "$requests" ] || { echo "not every answer is a result" >&2; exit 1; }
tail -1 "$work/time" | awk -v n="$requests" -v least="$least" -v load="$(cut -d' ' -f1 /proc/loadavg)" '{
  printf "%d requests in %.1f s: %d a second; %d a second of processor time; load %s\n", n, $1, n / $1, n / ($2 + $3), load
  exit n / $1 < least
}'
