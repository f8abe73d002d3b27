#!/usr/bin/env bash
# Makes sure that the C libraries are there: checks with pkg-config, installs what is missing with apt or brew.
# Exit 0: everything is there. Exit 1: something is missing and cannot be installed; the command to run was printed.
#
#   Scripts/dependencies.sh            check, install
#   Scripts/dependencies.sh --check    check only
set -euo pipefail

# pkg-config name : Debian/Ubuntu package : Homebrew formula
libraries=(
  "libxml-2.0:libxml2-dev:libxml2"
  "libpcre2-8:libpcre2-dev:pcre2"
  "libhs:libvectorscan-dev:vectorscan"
  "libarchive:libarchive-dev:libarchive"
  "zlib:zlib1g-dev:zlib"
  "liblzma:liblzma-dev:xz"
)

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null; then
  say "auditor needs a Swift 6.3 toolchain: https://www.swift.org/install"
  exit 1
fi

case "$(uname -s)" in
  Darwin) column=3 pkg_config=pkgconf ;;
  *) column=2 pkg_config=pkg-config ;;
esac

missing() {
  if ! command -v pkg-config >/dev/null; then echo "$pkg_config"; fi
  local entry
  for entry in "${libraries[@]}"; do
    if ! pkg-config --exists "${entry%%:*}" 2>/dev/null; then echo "$entry" | cut -d: -f"$column"; fi
  done
  # bzip2 comes without a pkg-config file on Debian; macOS has it in its SDK.
  if [ "$column" = 2 ] && [ ! -e /usr/include/bzlib.h ]; then echo libbz2-dev; fi
}

packages="$(missing | paste -sd' ' -)"
if [ -z "$packages" ]; then exit 0; fi

if [ "$column" = 3 ]; then
  command="brew install $packages"
elif command -v apt-get >/dev/null; then
  command="apt-get update && apt-get install -y --no-install-recommends $packages"
else
  say "missing: $packages"
  say "these are the Debian names; install the same libraries with the package manager of this system, then run make again"
  exit 1
fi

if [ "${1:-}" = --check ]; then
  say "missing: $packages"
  exit 1
elif [ "$column" = 3 ]; then
  if ! command -v brew >/dev/null; then
    say "missing: $packages; install Homebrew (https://brew.sh), then run: $command"
    exit 1
  fi
elif [ "$(id -u)" != 0 ]; then
  say "missing: $packages; installing them needs root. Run this, then make again:"
  say "  sudo sh -c '$command'"
  exit 1
fi

say "installing: $packages"
export DEBIAN_FRONTEND=noninteractive
sh -c "$command" >&2

packages="$(missing | paste -sd' ' -)"
if [ -n "$packages" ]; then
  say "still missing after '$command': $packages"
  exit 1
fi
