#!/usr/bin/env bash
# Installs the binary, the bundled rules, the shell completions and the man page.
set -euo pipefail
auditor="$1" prefix="$2"

install -d "$prefix/bin" "$prefix/share/auditor"
install -s -m 755 "$auditor" "$prefix/bin/auditor"
rm -rf "$prefix/share/auditor/rules"
cp -R rules "$prefix/share/auditor/rules"
if [ -d .build/completions ]; then
  install -d "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions" \
    "$prefix/share/fish/vendor_completions.d"
  install -m 644 .build/completions/auditor.bash "$prefix/share/bash-completion/completions/auditor"
  install -m 644 .build/completions/_auditor "$prefix/share/zsh/site-functions/_auditor"
  install -m 644 .build/completions/auditor.fish "$prefix/share/fish/vendor_completions.d/auditor.fish"
fi
if [ -s .build/manual/auditor.1 ]; then
  install -d "$prefix/share/man/man1"
  install -m 644 .build/manual/auditor.1 "$prefix/share/man/man1/auditor.1"
fi
echo "installed $prefix/bin/auditor and $prefix/share/auditor/rules"
