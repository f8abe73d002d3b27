#!/usr/bin/env bash
# Builds the fuzz targets of Tests/Fuzz with the address sanitizer and runs them one after the other.
#
#   Scripts/fuzz.sh [SECONDS] [TARGET …]     600 seconds each; html encodings json warc archives yaml readers
#
# Seeds come from the shared corpora when they are there, what was learned stays in .build/fuzz/TARGET. A crash leaves
# its input there as crash-*, slow-unit-* or oom-*; make a test of it. Needs `make build` before, for the modules.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-600}"
[ $# -gt 0 ] && shift
targets=("$@")
[ ${#targets[@]} -eq 0 ] && targets=(html encodings json warc archives yaml readers)
work=.build/fuzz
release=.build/release
checkouts=.build/checkouts
mkdir -p "$work/modules"

flags=(-swift-version 6 -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature ExistentialAny
  -enable-upcoming-feature MemberImportVisibility -package-name auditor -parse-as-library -O -enable-testing
  -sanitize=fuzzer,address -DSWIFT_PACKAGE -I "$work/modules" -I "$release/Modules" -I /usr/include/libxml2 -I /usr/include/hs)
for module in CArchive CLibXML CPCRE2 CVectorscan; do flags+=(-Xcc "-fmodule-map-file=Sources/$module/module.modulemap"); done
for module in swift-crypto/Sources/CXKCPShims swift-crypto/Sources/CXKCP swift-crypto/Sources/CCryptoBoringSSLShims \
  swift-crypto/Sources/CCryptoBoringSSL Yams/Sources/CYaml; do
  include="$checkouts/$module/include"
  [ -d "$include" ] && flags+=(-Xcc "-fmodule-map-file=$include/module.modulemap" -Xcc -I -Xcc "$include")
done

# True when one of the sources under $2… is newer than $1, or $1 is not there.
stale() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -name '*.swift' -newer "$1" -print -quit)" ]; }
if stale "$work/Audit.o" Sources/Audit Sources/AuditCore; then
  swiftc "${flags[@]}" -wmo -module-name AuditCore -emit-module -emit-module-path "$work/modules/AuditCore.swiftmodule" \
    -c -o "$work/AuditCore.o" Sources/AuditCore/*.swift
  find Sources/Audit -name '*.swift' | sort >"$work/sources"
  swiftc "${flags[@]}" -suppress-warnings -wmo -module-name Audit -emit-module -emit-module-path "$work/modules/Audit.swiftmodule" \
    -c -o "$work/Audit.o" "@$work/sources"
fi
if [ "$work/Audit.o" -nt "$work/fuzz" ] || stale "$work/fuzz" Tests/Fuzz; then
  grep -v '/Audit.build/\|/AuditCore.build/\|/auditor.build/' "$release/auditor.product/Objects.LinkFileList" >"$work/objects"
  # The objects of `make build` ask for the static libraries of Swift.
  [ "$(uname)" = Linux ] && flags+=(-static-stdlib)
  swiftc "${flags[@]}" -wmo -module-name Fuzz -o "$work/fuzz" Tests/Fuzz/*.swift "$work/AuditCore.o" "$work/Audit.o" \
    "@$work/objects" -lhs -lpcre2-8 -lxml2 -larchive -lstdc++
fi

failed=()
for target in "${targets[@]}"; do
  corpus="$work/$target"
  mkdir -p "$corpus/learned" "$corpus/seeds"
  if [ -z "$(ls -A "$corpus/seeds")" ]; then python3 Scripts/fuzz_seeds.py "$target" "$corpus/seeds"; fi
  echo "fuzz $target: $seconds seconds"
  # Inputs that take ten seconds or 2 GB are faults too.
  if ! AUDITOR_FUZZ="$target" ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 "$work/fuzz" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$corpus/" -print_final_stats=1 \
    "$corpus/learned" "$corpus/seeds" >"$corpus/log" 2>&1; then
    failed+=("$target")
    grep -m 3 -E 'ERROR|SUMMARY|Fatal error|deadly' "$corpus/log" || tail -3 "$corpus/log"
  fi
  grep -E 'stat::number_of_executed_units|Done [0-9]+ runs' "$corpus/log" | head -2 || true
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}; see .build/fuzz/TARGET"
  exit 1
fi
echo "no target crashed"
