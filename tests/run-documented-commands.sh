#!/usr/bin/env bash
# Runs every command of every sh block in README*.md and docs/**/*.md as written. Prints one line for each command: ok, FAILED
# or elsewhere, the page, the seconds and the command. The last line has the totals. Needs the .NET SDK and curl.
set -o pipefail
cd "$(dirname "$0")/.." || exit 1
root=$PWD
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UseSharedCompilation=true
unset CI IMA_API_KEY

# Exact commands (without a comment at the end of the line). A command that is not listed here is run as written. A listed
# command that no page contains any more is an error.
declare -A elsewhere=( # COMMAND: where it is run
  ['dotnet run --project samples/ImaNanoBanana.QuickStart -- "a cute puppy on grass"']='.ci/run has a separate step for it'
  ['dotnet pack']='the tests of the packages pack them twice'
  ['dotnet test']='.ci/run runs every test'
  ['dotnet test -p:TestSet=programs']='.ci/run runs every test'
  ['.ci/run']='it runs this script'
  ['tests/prove-guarantees.sh']='.ci/run has a separate step for it'
  ['tests/run-documented-commands.sh']='this script'
  ['tests/publish-smoke.sh']='.ci/run has a separate step for it'
  ['tests/run-on-net8.sh']='.ci/run has a separate step for it'
  ['docs/site/build.sh']='.ci/run has a separate step for it'
)
declare -A smaller=( # COMMAND: a shorter command that is run instead, because it would take minutes
  ['IMA_FUZZ_COUNT=1000000 IMA_FUZZ_SEED=7 dotnet test tests/ImaNanoBanana.Tests -f net10.0 --filter FuzzTests']='IMA_FUZZ_COUNT=5000 IMA_FUZZ_SEED=7 dotnet test tests/ImaNanoBanana.Tests -f net10.0 --filter FuzzTests'
)
declare -A server=( # COMMAND that runs until Ctrl-C: the address at which it answers
  ['dotnet run --project samples/ImaNanoBanana.Simulator -- 5080']='http://127.0.0.1:5080/'
)
declare -A ledger=( # COMMAND of a server: the last line it prints, after the other commands of its page and Ctrl-C
  ['dotnet run --project samples/ImaNanoBanana.Simulator -- 5080']='Submissions: 1, credits: 6'
)

log=$(mktemp) servers_log=$(mktemp)
declare -A seen=()
passed=0 failed=0 others=0
running='' running_page='' running_command=''

report() { # WORD PAGE SECONDS COMMAND [NOTE]
  local first=${4%%$'\n'*}
  printf '%-9s %-22s %3d s  %s%s\n' "$1" "$2" "$3" "$first" "${5:+   ($5)}"
  case $1 in
    ok) passed=$((passed + 1)) ;;
    elsewhere) others=$((others + 1)) ;;
    FAILED) failed=$((failed + 1)) ;;
  esac
}

stop_server() { # [quietly]: sends Ctrl-C to the server and its children; its ledger is part of the command's result
  [ -n "$running" ] || return 0
  local group=$running word=ok started=$SECONDS
  running=''
  # A shell that was itself started in the background always ignores Ctrl-C; SIGTERM follows then.
  for signal in INT TERM KILL; do
    kill "-$signal" -- "-$group" 2>/dev/null || break
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      kill -0 -- "-$group" 2>/dev/null || break 2
      sleep 0.5
    done
  done
  wait "$group" 2>/dev/null
  [ -n "$1" ] && return 0
  [ "$(tail -n 1 "$servers_log")" = "${ledger[$running_command]}" ] || word=FAILED
  report "$word" "$running_page" $((SECONDS - started)) "$running_command" "ended by Ctrl-C"
  [ "$word" = ok ] || sed 's/^/          /' "$servers_log"
}
trap 'stop_server quietly; [ -n "${IMA_KEEP_BUILD_SERVERS:-}" ] || dotnet build-server shutdown >/dev/null 2>&1; rm -f "$log" "$servers_log"' EXIT

start_server() { # PLACE COMMAND
  local started=$SECONDS word=ok
  set -m # a separate process group that receives Ctrl-C
  eval "$2" < /dev/null > "$servers_log" 2>&1 &
  running=$! running_page=$1 running_command=$2
  set +m
  curl -s -o "$log" --retry 60 --retry-delay 1 --retry-connrefused "${server[$2]}" || word=FAILED
  report "$word" "$1" $((SECONDS - started)) "$2" "answers"
}

run() { # PLACE COMMAND
  local place=$1 text=$2 command note='' started=$SECONDS
  command=$(sed -E '$s/ +# .*$//' <<< "$text")
  seen[$command]=1
  if [ -n "${elsewhere[$command]}" ]; then
    report elsewhere "$place" 0 "$command" "${elsewhere[$command]}"
    return
  fi

  if [ -n "${server[$command]}" ]; then
    start_server "$place" "$command"
    return
  fi

  if [ -n "${smaller[$command]}" ]; then
    note="run as ${smaller[$command]%% dotnet*}"
    command=${smaller[$command]}
  fi

  if eval "$command" < /dev/null > "$log" 2>&1; then
    report ok "$place" $((SECONDS - started)) "$text" "$note"
  else
    report FAILED "$place" $((SECONDS - started)) "$text" "$note"
    tail -n 30 "$log" | sed 's/^/          /'
  fi
}

page() { # FILE: runs its sh blocks in one shell, from the top; a command ends when it is complete
  local file=$1 line number=0 inside='' command='' place
  while IFS= read -r line <&3 || [ -n "$line" ]; do
    number=$((number + 1))
    if [ -z "$inside" ]; then
      [ "$line" = '```sh' ] && inside=yes
    elif [ "$line" = '```' ]; then
      [ -z "$command" ] || report FAILED "$file:$number" 0 "$command" "not complete at the end of its block"
      inside='' command=''
    elif [ -n "$command" ] || [[ $line =~ ^[^#] ]]; then
      [ -n "$command" ] || place="$file:$number"
      command+=${command:+$'\n'}$line
      if bash -n <<< "$command" 2>/dev/null && [[ $command != *\\ ]]; then
        run "$place" "$command"
        command=''
        cd "$root" || exit 1
      fi
    fi
  done 3< "$file"
  stop_server ''
}

[ -n "${IMA_TESTS_ARE_BUILT:-}" ] || dotnet build -v q > "$log" 2>&1 || { cat "$log"; echo "FAILED: the build"; exit 1; }
before=$(git status --porcelain 2>/dev/null)
while IFS= read -r -d '' file; do
  page "${file#./}"
done < <(find . -maxdepth 1 -name 'README*.md' -print0; find ./docs -name '*.md' -print0 | sort -z)

for command in "${!elsewhere[@]}" "${!smaller[@]}" "${!server[@]}"; do
  [ -n "${seen[$command]}" ] || report FAILED "$0" 0 "$command" "no page has this command any more"
done
if [ "$(git status --porcelain 2>/dev/null)" != "$before" ]; then
  report FAILED "$0" 0 "git status" "a command changed files of the repository"
  git status --short
fi

echo "$passed ok, $failed failed, $others run elsewhere"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
