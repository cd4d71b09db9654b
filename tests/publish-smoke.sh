#!/usr/bin/env bash
# Publishes tests/ImaNanoBanana.AotSmoke native for net8.0 and net10.0 and trimmed for net10.0, and the program ima native for
# net10.0, with warnings as errors and without reflection-based JSON, and runs them. Prints the size of what would be deployed and
# fails if it is above its limit. If the machine has no native toolchain, it reports that and runs the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
unset IMA_API_KEY

runtime=$(dotnet msbuild tests/ImaNanoBanana.AotSmoke -getProperty:NETCoreSdkPortableRuntimeIdentifier)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# The output goes to a separate folder, so that other builds are not affected. All programs of a framework share what is compiled for
# it. The native compiler's warnings become errors only in MSBuild (-warnaserror). Nobody debugs these programs, so they have no symbols.
publish() { # PROJECT KIND FRAMEWORK MOST_MB PROPERTY...
  local project=$1 kind=$2 framework=$3 most=$4 start=$SECONDS megabytes
  shift 4
  folder=$work/published/$kind-$framework
  if ! dotnet publish "$project" -c Release -r "$runtime" -f "$framework" -p:TargetFrameworks="$framework" -v q -warnaserror \
      -p:RunAnalyzers=false -p:NativeDebugSymbols=false -p:StripSymbols=false --artifacts-path "$work/$framework" -o "$folder" "$@"; then
    echo "FAILED: $kind $framework could not be published"
    failures=$((failures + 1))
    return 1
  fi

  case $kind in
    native*) find "$folder" -maxdepth 1 -type f -perm -u+x ! -name '*.so' -exec strip {} + ;;
  esac
  megabytes=$(du -cm "$folder"/* --exclude='*.dbg' --exclude='*.pdb' --exclude='*.xml' | tail -n 1 | cut -f 1)
  echo "$kind $framework $runtime: $megabytes MB (limit $most MB) in $((SECONDS - start)) s"
  if [ "$megabytes" -gt "$most" ]; then
    echo "FAILED: $kind $framework is larger than $most MB"
    failures=$((failures + 1))
  fi
}

check() { # NAME COMMAND...
  local name=$1
  shift
  if ! "$@"; then
    echo "FAILED: $name"
    failures=$((failures + 1))
  fi
}

smoke() { # KIND FRAMEWORK MOST_MB PROPERTY...
  publish tests/ImaNanoBanana.AotSmoke "$@" && check "$1 $2" "$folder/ImaNanoBanana.AotSmoke" "--$1"
}

program() { # Generates an image from start to end and saves it.
  HOME=$work XDG_DATA_HOME=$work "$folder/ima" generate "a puppy" --simulate --json -o "$work/puppy" 2>/dev/null \
    | grep -q '"credit":6,.*"width":1024,"height":1024' && [ -s "$work/puppy.png" ]
}

if command -v clang >/dev/null || command -v gcc >/dev/null; then
  smoke native net8.0 52 -p:PublishAot=true
  smoke native net10.0 40 -p:PublishAot=true
  publish samples/ImaNanoBanana.Console native-ima net10.0 18 -p:PublishProfile=Native && check "native-ima net10.0" program
else
  echo "native $runtime: skipped, this machine has neither clang nor gcc"
fi
smoke trimmed net10.0 36 --self-contained -p:PublishTrimmed=true -p:TrimMode=full

[ "$failures" -eq 0 ]
