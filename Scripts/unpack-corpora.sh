#!/usr/bin/env bash
# Unpacks the shared page corpora into .build/corpora/NAME, once. They are never committed.
#
#   Scripts/unpack-corpora.sh SHARED
set -euo pipefail
shared="$1" target=.build/corpora

mkdir -p "$target"
for archive in "$shared"/corpora/html/*.tar.xz "$shared"/corpora/formats.tar.xz "$shared"/corpora/hostile.tar.xz; do
  [ -f "$archive" ] || continue
  name="$(basename "$archive" .tar.xz)"
  if [ ! -f "$target/$name/.complete" ]; then
    rm -rf "${target:?}/$name"
    mkdir -p "$target/$name"
    tar -xJf "$archive" -C "$target/$name"
    touch "$target/$name/.complete"
  fi
done
if [ ! -f "$target/arabic-pages/.complete" ] && [ -d "$shared/corpora/arabic-pages" ]; then
  rm -rf "$target/arabic-pages"
  cp -R "$shared/corpora/arabic-pages" "$target/arabic-pages"
  chmod -R u+w "$target/arabic-pages"
  touch "$target/arabic-pages/.complete"
fi
