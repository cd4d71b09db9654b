#!/usr/bin/env bash
# Runs the unit tests of the net8.0 build on the .NET 8 runtime itself, which is published with them. The results go to
# artifacts/test-results, where .ci/run counts them.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 IMA_EXPECTED_RUNTIME=".NET 8."
unset IMA_API_KEY

project=tests/ImaNanoBanana.Tests
runtime=$(dotnet msbuild "$project" -getProperty:NETCoreSdkPortableRuntimeIdentifier)
# Within the repository, because the tests look above themselves for its pages and sources.
work=$PWD/artifacts/net8
trap 'rm -rf "$work"' EXIT
dotnet publish "$project" -f net8.0 -p:TargetFrameworks=net8.0 -r "$runtime" --self-contained -v q -p:RunAnalyzers=false \
  --artifacts-path "$work" -o "$work/published" || exit 1

mkdir -p artifacts/test-results
"$work/published/ImaNanoBanana.Tests" -noColor -trx artifacts/test-results/net8-runtime.trx "$@" > "$work/log"
result=$?
[ "$result" -eq 0 ] || cat "$work/log"
grep -hE "^The runtime is|Total: " "$work/log"
exit "$result"
