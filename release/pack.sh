#!/usr/bin/env bash
# Makes what a release consists of, in artifacts/release: the packages, a bill of materials (CycloneDX) for each, and the notes.
# With a tag, it must be that of the version: release/pack.sh [v1.2.3]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
tag=${1:-}
out=$PWD/artifacts/release
version=$(dotnet msbuild src/ImaNanoBanana -getProperty:Version)

if [ -n "$tag" ] && [ "$tag" != "v$version" ]; then
  echo "The tag $tag is not v$version, the version of Directory.Build.props." >&2
  exit 1
fi

rm -rf "$out"
mkdir -p "$out/packages" "$out/sbom"
release/notes.sh "$version" > "$out/notes.md"

# Each of them is named after its package.
mapfile -t projects < <(
  ls src/*/README.md | xargs -n 1 dirname | while read -r folder; do echo "$folder/$(basename "$folder").csproj"; done
  grep -rl '<IsPackable>true</IsPackable>' --include='*.csproj' samples templates | sort)
for project in "${projects[@]}"; do
  dotnet pack "$project" -c Release -o "$out/packages" -v q
done

# Not with `dotnet tool restore`: what it remembers in the home folder outlives the packages folder that it names.
dotnet tool install cyclonedx --version 6.3.1 --allow-downgrade --tool-path artifacts/tools -v q
for project in "${projects[@]}"; do
  id=$(basename "$project" .csproj)
  [ -f "$out/packages/$id.$version.nupkg" ] || { echo "$project did not make $id.$version.nupkg." >&2; exit 1; }
  kind=Library
  if grep -q '<PackAsTool>true</PackAsTool>' "$project"; then
    kind=Application
    unzip -tq "$out/packages/$id.$version.nupkg" THIRD-PARTY-NOTICES.txt LICENSE > /dev/null
  fi

  # From the restore of the pack above. The serial number is random; without it, the same commit has the same file but for its time.
  artifacts/tools/dotnet-CycloneDX "$project" --disable-package-restore --include-project-references --set-nuget-purl \
    --set-name "$id" --set-version "$version" --set-type $kind --no-serial-number --exclude-dev \
    --output-format Json --output "$out/sbom" --filename "$id.cdx.json" > /dev/null
  # It describes this package, and contains each dependency that the package names.
  for component in "$id@$version" $(unzip -p "$out/packages/$id.$version.nupkg" "$id.nuspec" \
    | sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/\1@\2/p' | sort -u); do
    grep -q "\"purl\": \"pkg:nuget/$component\"" "$out/sbom/$id.cdx.json" \
      || { echo "The bill of materials of $id does not contain $component." >&2; exit 1; }
  done
done

[ -z "${GITHUB_OUTPUT:-}" ] || echo "version=$version" >> "$GITHUB_OUTPUT"
echo "$version: ${#projects[@]} packages, $(ls "$out/sbom" | wc -l) bills of materials in ${out#"$PWD"/}"
