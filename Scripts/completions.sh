#!/usr/bin/env bash
# Writes shell completions to .build/completions; swift-argument-parser makes them.
set -euo pipefail
auditor="$1"

mkdir -p .build/completions
"$auditor" --generate-completion-script bash >.build/completions/auditor.bash
"$auditor" --generate-completion-script zsh >.build/completions/_auditor
"$auditor" --generate-completion-script fish >.build/completions/auditor.fish
echo "wrote .build/completions: auditor.bash, _auditor, auditor.fish"
