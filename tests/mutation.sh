#!/usr/bin/env bash
# Measures with Stryker how many small faults in one area of the code its tests find: mutation.sh AREA [STRYKER ARGUMENT...]
# The report is in artifacts/mutation/AREA. docs/CONTRIBUTING.md lists the areas.
set -euo pipefail
cd "$(dirname "$0")/mutation"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MutationArea=${1:?AREA is submitting, planning or journal}
shift
unset IMA_API_KEY

case $MutationArea in
  submitting) files=('Submitting/*' 'Transport/Submission*' 'Transport/Attempt*' 'Transport/Deadline*' 'Resilience/*') ;;
  planning) files=('Planning/*') ;;
  journal) files=('Journal/**/*' 'Requests/Credits/*') ;;
  *) echo "unknown area: $MutationArea" >&2; exit 2 ;;
esac

dotnet tool install dotnet-stryker --version 5.1.0 --allow-downgrade --tool-path ../../artifacts/tools -v q
rm -rf "../../artifacts/mutation/$MutationArea"
../../artifacts/tools/dotnet-stryker -O "../../artifacts/mutation/$MutationArea" --skip-version-check "${files[@]/#/--mutate=**/}" "$@"
