#!/usr/bin/env bash
# Runs the tests of the net8.0 build on the .NET 8 runtime itself, which is published with them. Writes the results to
# artifacts/test-results, where .ci/run counts them.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 IMA_EXPECTED_RUNTIME=".NET 8."
unset IMA_API_KEY

# Inside the repository, because the tests search the parent folders for its pages and sources.
work=$PWD/artifacts/net8
trap 'rm -rf "$work"' EXIT
mkdir -p "$work" artifacts/test-results
runtime=$(dotnet msbuild tests/ImaNanoBanana.Tests -getProperty:NETCoreSdkPortableRuntimeIdentifier)
failures=0

run() { # TESTS ARGUMENT...
  local tests=$1
  shift
  if dotnet publish "tests/$tests" -f net8.0 -p:TargetFrameworks=net8.0 -r "$runtime" --self-contained -v q -p:RunAnalyzers=false \
      --artifacts-path "$work" -o "$work/$tests" \
    && "$work/$tests/$tests" -noColor -result-trx "artifacts/test-results/net8-$tests.trx" "$@" > "$work/$tests.log"; then
    grep -hE "^The runtime is|Total: " "$work/$tests.log"
  else
    cat "$work/$tests.log"
    failures=$((failures + 1))
  fi
}

run ImaNanoBanana.Tests
# The tests that start other processes would run them on the machine's .NET, which is not .NET 8.
run ImaNanoBanana.IntegrationTests \
  -namespace- ImaNanoBanana.IntegrationTests.Journal -class- ImaNanoBanana.IntegrationTests.Testing.SimulatorProcessesTests

[ "$failures" -eq 0 ]
