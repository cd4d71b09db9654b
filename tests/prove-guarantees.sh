#!/usr/bin/env bash
# Shows that the tests named in docs/guarantees.md are effective: for each guarantee, it breaks one line in a copy of the sources,
# builds the library from it, puts it into a copy of the built tests and expects the named test to fail there. With the library as it
# is, the test must pass.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UseSharedCompilation=true
unset CI IMA_API_KEY

copy=$(mktemp -d)
trap '[ -n "${IMA_KEEP_BUILD_SERVERS:-}" ] || dotnet build-server shutdown >/dev/null 2>&1; rm -rf "$copy"' EXIT

log=$copy/last-test.log
library=src/ImaNanoBanana unit=ImaNanoBanana.Tests sockets=ImaNanoBanana.IntegrationTests
output=bin/Debug/net10.0
failures=0

fail() {
  echo "       $1"
  failures=$((failures + 1))
}

run() { # FOLDER PROJECT TEST: prints the summary line of that test, with the full output in $log; a broken wait might never end
  (cd "$1" && timeout 120 dotnet "$1/$2.dll" -noColor -method "*.$3") > "$log" 2>&1
  grep -E "Total: [1-9]" "$log" | tail -n 1
}

proofs=()
prove() { # GUARANTEE PROJECT TEST FILE LINE CHANGED
  local guarantee=$1 project=$2 test=$3 file=$4 line=$5 changed=$6 text result errors
  proofs+=("$guarantee $project $test")
  text=$(cat "$file")
  if [ "$(grep -cF -- "$line" "$file")" != 1 ]; then
    fail "$guarantee: the line to break does not occur exactly once in $file"
    return
  fi

  printf '%s\n' "${text/"$line"/"$changed"}" > "$file"
  errors=$(dotnet build $library -f net10.0 -v q --no-restore 2>&1 | grep -E "error|rror\(s\)" | grep -v " 0 Error")
  printf '%s\n' "$text" > "$file"
  cp "$library/$output/ImaNanoBanana.dll" "$copy/$project/"
  result=$(run "$copy/$project" "$project" "$test")
  echo "$guarantee red    $test"
  echo "       ${file##*/}: $changed"
  if [ -n "$errors" ]; then
    fail "the change does not build: $errors"
  elif [[ $result =~ Failed:\ [1-9] ]]; then
    echo "       $result"
  else
    cat "$log"
    fail "NOT RED: ${result:-no result}"
  fi
}

built=$PWD
for project in $unit $sockets; do
  [ -n "${IMA_TESTS_ARE_BUILT:-}" ] || dotnet build "tests/$project" -v q || exit 1
  cp -r "tests/$project/$output" "$copy/$project"
done
git ls-files -z --cached --others --exclude-standard ':(glob)*' ':(glob)src/*' docs $library | xargs -0 cp --parents -t "$copy"
cd "$copy" || exit 1
dotnet restore $library -v q || exit 1

prove G1 $sockets SentOrNotTests.Sent_and_not_sent_are_distinguished src/ImaNanoBanana/Transport/Submission.cs \
  'Interlocked.CompareExchange(ref _gate, Sent, NotSent) == NotSent' \
  'Interlocked.CompareExchange(ref _gate, Sent, NotSent) != Withdrawn'

prove G2 $sockets CancellationTests.Answer_within_the_grace_puts_the_task_on_the_exception src/ImaNanoBanana/Submitting/TaskSubmitter.cs \
  'return record.IsCompleted' \
  'return record.IsCompleted && !cancellationToken.IsCancellationRequested'

prove G3 $unit ImageTaskTests.Handle_round_trips src/ImaNanoBanana/Results/ImageTaskHandle.cs \
  'MaxExpectedDuration = Seconds(MaxExpectedDuration),' \
  'MaxExpectedDuration = null,'

prove G4 $unit RecoveryTests.Price_never_exceeds_what_was_quoted_or_allowed src/ImaNanoBanana/Submitting/SubmissionRun.cs \
  'again is null || again.Credits <= _mostCredits' \
  'again is null || again.Credits >= _mostCredits'

prove G5 $sockets KeyLeakTests.Nothing_leaks_while_all_is_well src/ImaNanoBanana/Transport/WireHandler.cs \
  'ForwardAsync(request, OwnMessage(request), request.Content, mask: null, cancellationToken);' \
  'ReadAsync(request, cancellationToken);'

prove G6 $unit WatchTests.Watch_ends_at_its_deadline_with_the_task_and_what_is_ready src/ImaNanoBanana/Watching/TaskWatcher.cs \
  'var left = options.WatchTimeout - clock.Watched;' \
  'var left = (options.WatchTimeout * 2) - clock.Watched;'

prove G7 $unit UserValueTests.EightK_is_submitted_as_4K_and_reported src/ImaNanoBanana/Planning/ImagePlanner.cs \
  'Adjustments = user.LimitedSize is { } asked' \
  'Adjustments = user.LimitedSize is { Length: 0 } asked'

for proof in "${proofs[@]}"; do
  read -r guarantee project test <<< "$proof"
  cp "$built/tests/$project/$output/ImaNanoBanana.dll" "$copy/$project/"
  result=$(run "$copy/$project" "$project" "$test")
  echo "$guarantee green  $test"
  if [[ $result == *"Errors: 0, Failed: 0,"* ]]; then
    echo "       $result"
  else
    cat "$log"
    fail "NOT GREEN: ${result:-no result}"
  fi
done

[ "$failures" -eq 0 ] && echo "All ${#proofs[@]} guarantees: red when broken, green again."
exit "$failures"
