#!/usr/bin/env bash
# Builds the documentation site into artifacts/site and checks every link of it. The last line has the numbers of pages and links.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UseSharedCompilation=true
site=artifacts/site program=tests/ImaNanoBanana.Site
packages=(src/ImaNanoBanana.Extensions.AI src/ImaNanoBanana.PostgreSql src/ImaNanoBanana.Testing.Server)

if [ -z "${IMA_TESTS_ARE_BUILT:-}" ]; then
  for project in "${packages[@]}"; do
    dotnet build "$project" -f net10.0 -v q
  done
  dotnet build "$program" -v q
fi

rm -rf "$site"
"$program"/bin/Debug/net10.0/ImaNanoBanana.Site stage . artifacts/site-source
# In a folder of its own: what `dotnet tool restore` remembers in the home folder outlives the packages folder that it names.
dotnet tool install docfx --version 2.81.0 --allow-downgrade --tool-path artifacts/tools -v q
artifacts/tools/docfx docs/site/docfx.json --warningsAsErrors
# These are not for readers: source maps, docfx's own icons, and a list of the files with the paths of this machine.
rm -f "$site"/public/*.map "$site"/favicon.ico "$site"/logo.svg "$site"/manifest.json
"$program"/bin/Debug/net10.0/ImaNanoBanana.Site finish . "$site"
