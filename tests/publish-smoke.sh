#!/usr/bin/env bash
# Publishes tests/ImaNanoBanana.AotSmoke native for net8.0 and trimmed for net10.0, warnings as errors, without
# reflection-based JSON, and runs both. Where the machine has no native toolchain, it says so and does the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
unset IMA_API_KEY

project=tests/ImaNanoBanana.AotSmoke
runtime=$(dotnet msbuild "$project" -getProperty:NETCoreSdkPortableRuntimeIdentifier)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# What is built goes to a folder of its own, so that the other builds stay as they are. The native compiler's warnings are
# errors to MSBuild only (-warnaserror).
smoke() { # KIND FRAMEWORK PROPERTY...
  local kind=$1 framework=$2 start=$SECONDS folder=$work/$1/published
  shift 2
  if ! dotnet publish "$project" -c Release -r "$runtime" -f "$framework" -p:TargetFrameworks="$framework" -v q -warnaserror \
      -p:RunAnalyzers=false --artifacts-path "$work/$kind" -o "$folder" "$@"; then
    echo "FAILED: $kind $framework is not published"
    failures=$((failures + 1))
    return
  fi

  echo "$kind $framework $runtime: $(du -cm "$folder"/* --exclude='*.dbg' --exclude='*.pdb' --exclude='*.xml' | tail -n 1 | cut -f 1) MB in $((SECONDS - start)) s"
  if ! "$folder/ImaNanoBanana.AotSmoke" "--$kind"; then
    echo "FAILED: $kind $framework"
    failures=$((failures + 1))
  fi
}

if command -v clang >/dev/null || command -v gcc >/dev/null; then
  smoke native net8.0 -p:PublishAot=true
else
  echo "native net8.0 $runtime: skipped, this machine has neither clang nor gcc"
fi
smoke trimmed net10.0 --self-contained -p:PublishTrimmed=true -p:TrimMode=full

[ "$failures" -eq 0 ]
