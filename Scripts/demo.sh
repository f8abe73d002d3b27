#!/usr/bin/env bash
# Audits examples/outputs and says where the report is. Findings (exit 1) and gaps (exit 3) are what a demo is for.
set -euo pipefail
auditor="$1"

mkdir -p reports/demo
status=0
"$auditor" audit examples/outputs \
  -o reports/demo/report.html -o reports/demo/findings.jsonl -o reports/demo/report.sarif || status=$?

case "$status" in
  0) outcome="nothing at or above the threshold" ;;
  1) outcome="there are findings" ;;
  3) outcome="something was not fully examined; the report says what" ;;
  *) echo "the audit failed with exit code $status" >&2; exit "$status" ;;
esac

for file in report.html findings.jsonl report.sarif; do
  if [ ! -s "reports/demo/$file" ]; then
    echo "the audit ended with exit code $status but did not write reports/demo/$file" >&2
    exit 1
  fi
done

echo
echo "The audit ended with exit code $status: $outcome."
echo "  for people    $PWD/reports/demo/report.html"
echo "  for programs  $PWD/reports/demo/findings.jsonl"
echo "  for GitHub    $PWD/reports/demo/report.sarif"
