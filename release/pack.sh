#!/usr/bin/env bash
# Makes what a release consists of, in artifacts/release: the packages, a bill of materials (CycloneDX) for each, and the notes.
# With a tag, it must be that of the version: release/pack.sh [v1.2.3]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
tag=${1:-}
out=$PWD/artifacts/release
version=$(dotnet msbuild src/ImaNanoBanana -getProperty:Version)
# The same commit makes the same files: NuGet gives the files in a package this time, and the bills of materials get it below. A copy of
# the sources without a commit can rehearse.
commit=$(git rev-parse HEAD 2>/dev/null || echo none)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH

if [ -n "$tag" ] && [ "$tag" != "v$version" ]; then
  echo "The tag $tag is not v$version, the version of Directory.Build.props." >&2
  exit 1
fi

rm -rf "$out"
mkdir -p "$out/packages" "$out/sbom"
release/notes.sh "$version" > "$out/notes.md"
printf '\nBuilt with .NET SDK %s.\n' "$(dotnet --version)" >> "$out/notes.md"

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

  # From the restore of the pack above.
  artifacts/tools/dotnet-CycloneDX "$project" --disable-package-restore --include-project-references --set-nuget-purl \
    --set-name "$id" --set-version "$version" --set-type $kind --exclude-dev \
    --output-format Json --output "$out/sbom" --filename "$id.cdx.json" > /dev/null
  # What signs a bill of materials refuses one without a serial number. This one is made from the package and the commit. The tool reads
  # the licences of packages, and not that of this project.
  digest=$(printf '%s' "$id $version $commit" | sha256sum)
  serial=urn:uuid:${digest:0:8}-${digest:8:4}-8${digest:13:3}-a${digest:17:3}-${digest:20:12}
  sed -i -e "s/\"serialNumber\": \"[^\"]*\"/\"serialNumber\": \"$serial\"/" \
    -e "s/\"timestamp\": \"[^\"]*\"/\"timestamp\": \"$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)\"/" \
    -e 's/"purl": "pkg:nuget\/ImaNanoBanana[.@]/"licenses": [ { "license": { "id": "MIT" } } ],\n      &/' "$out/sbom/$id.cdx.json"
  grep -q "\"serialNumber\": \"$serial\"" "$out/sbom/$id.cdx.json" \
    || { echo "The bill of materials of $id has no serial number." >&2; exit 1; }
  # It describes this package, and contains each dependency that the package names.
  for component in "$id@$version" $(unzip -p "$out/packages/$id.$version.nupkg" "$id.nuspec" \
    | sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/\1@\2/p' | sort -u); do
    grep -q "\"purl\": \"pkg:nuget/$component\"" "$out/sbom/$id.cdx.json" \
      || { echo "The bill of materials of $id does not contain $component." >&2; exit 1; }
  done
done

[ -z "${GITHUB_OUTPUT:-}" ] || echo "version=$version" >> "$GITHUB_OUTPUT"
echo "$version: ${#projects[@]} packages, $(ls "$out/sbom" | wc -l) bills of materials in ${out#"$PWD"/}"
