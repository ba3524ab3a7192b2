#!/usr/bin/env bash
# Times whole commands over one file, in turns: `cat` to another file, `age`, `lockstep backup`.
# Prints the medians and the ratios to age; everything lies on a file system in memory.
#
#   properties/bench/backup-vs-age.sh [MIB=1024] [TURNS=5] [MAX_RATIO]
#
# With MAX_RATIO (2 is what the project promises) it fails when backup takes longer than that many times age.
set -eu

mib=${1:-1024}
turns=${2:-5}
max_ratio=${3:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v age >/dev/null || { echo "age is not installed" >&2; exit 2; }
work=$(mktemp -d /dev/shm/lockstep-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT

mkdir "$work/source"
head -c $((mib * 1048576)) /dev/urandom >"$work/source/file"
age-keygen -o "$work/identity" 2>/dev/null
recipient=$(age-keygen -y "$work/identity")

seconds() { # LABEL COMMAND…: appends the wall time to $work/LABEL.times
  local label=$1 start end
  shift
  start=$(date +%s%N)
  "$@" >"$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
  end=$(date +%s%N)
  echo $(((end - start) / 1000000)) >>"$work/$label.times"
}

median() { sort -n "$work/$1.times" | awk '{t[NR]=$1} END {print (NR % 2) ? t[(NR+1)/2] : (t[NR/2]+t[NR/2+1])/2}'; }

"$root/lockstep" --version >/dev/null # builds where that is needed
for turn in $(seq "$turns"); do
  rm -f "$work/copy"
  seconds cat sh -c 'cat "$1" >"$2"' cat "$work/source/file" "$work/copy"
  rm -f "$work/copy"
  seconds age age -r "$recipient" -o "$work/copy" "$work/source/file"
  rm -rf "$work/copy" "$work/home" "$work/provider"
  "$root/lockstep" enable --home "$work/home" --account bench --provider "$work/provider" --recovery-key --yes \
    >"$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
  seconds backup "$root/lockstep" backup --home "$work/home" "$work/source"
done

age_ms=$(median age)
backup_ms=$(median backup)
ratio=$(awk "BEGIN {printf \"%.2f\", $backup_ms / $age_ms}")
echo "$mib MiB, $turns turns, medians: cat $(median cat) ms, age $age_ms ms, lockstep backup $backup_ms ms: $ratio times age"
if [ -n "$max_ratio" ]; then
  awk "BEGIN {exit !($ratio <= $max_ratio)}" || { echo "slower than $max_ratio times age" >&2; exit 1; }
fi
