#!/usr/bin/env bash
# Prints what CHANGELOG.md says about a version, without its heading: release/notes.sh 1.2.3
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:?Usage: release/notes.sh VERSION}

notes=$(awk -v heading="## [$version]" '
  index($0, "## ") == 1 { inside = index($0, heading) == 1; next }
  inside { print }
' CHANGELOG.md | sed -e '/./,$!d')
[ -n "$notes" ] || { echo "CHANGELOG.md has no section [$version]." >&2; exit 1; }
printf '%s\n' "$notes"
