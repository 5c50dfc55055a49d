#!/usr/bin/env bash
# The one way in: ./build.sh <command> [arguments]. Needs the .NET SDK; everything else is optional and, when it is
# missing, the lanes that need it are named. build.ps1 has the same tasks for people who live in pwsh and adds the one
# step that only pwsh can do (Pester); every other step exists once, here.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

configuration=${CONFIGURATION:-Release}
results=artifacts/test-results
tools=artifacts/tools
test_timeout=${TEST_TIMEOUT:-900}
# A test that says nothing for so long hangs: it is named, and what else ran counts.
hang_timeout=180
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

passed=0 failed=0 skipped=0
notes=()

usage() {
  cat <<'TEXT'
./build.sh <command> [arguments]

  setup     installs the optional test tools (root and apt-get only)
  build     builds everything and composes the module in artifacts/module/VrrpPS
  test      builds, runs every test lane this machine can run, sums them up
  lab       builds and runs the three-node scenario: ./build.sh lab [--with-keepalived]
  bench     measures every goal beside keepalived (root), about three minutes: ./build.sh bench [--ready-to-run] [--rows 6,7] [--full] [--plots DIR]
  layout    records anew which methods a node uses (root), so that they lie together in the native program
  package   makes a .deb, a tarball and the module's .nupkg in artifacts/package and looks at them: ./build.sh package [--ready-to-run]

Environment: CONFIGURATION (Release), TEST_TIMEOUT (seconds per test project, 900),
TEST_RETRY=0 (no second look at failed tests, nor at a project that stood still),
VRRPPS_NO_SETUP=1 (install nothing), DOTNET_RID (for package: that platform only), SOURCE_DATE_EPOCH (for package).
TEXT
}

say() { printf '%s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

need_dotnet() {
  have dotnet && return 0
  say "build.sh: the .NET 10 SDK is needed and 'dotnet' is not on the PATH: https://dotnet.microsoft.com/download" >&2
  exit 1
}

# --- set-up: the tools of the namespace and interop lanes, from Debian's own packages -----------------------------------

setup() {
  local pair missing=()
  for pair in keepalived:keepalived nft:nftables tcpdump:tcpdump arping:iputils-arping tshark:tshark ip:iproute2 ping:iputils-ping \
    ansible-playbook:ansible-core sshd:openssh-server ssh:openssh-client aiosmtpd:python3-aiosmtpd; do
    have "${pair%%:*}" || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "${VRRPPS_NO_SETUP:-0}" = 1 ]; then
    notes+=("not installed, because VRRPPS_NO_SETUP is set: ${missing[*]}")
    return 0
  fi
  if [ "$(id -u)" -ne 0 ] || ! have apt-get; then
    notes+=("not installed (needs root and apt-get): ${missing[*]}")
    return 0
  fi
  say "set-up: installing ${missing[*]}"
  mkdir -p artifacts
  if ! install_packages "${missing[@]}"; then
    notes+=("could not be installed: ${missing[*]} (see artifacts/setup.log)")
  fi
  # A fresh package may start its service; the tests bring their own keepalived in their own namespaces. One that was
  # there before is the administrator's and is left alone.
  case " ${missing[*]} " in
    *" keepalived "*) have keepalived && stop_service keepalived ;;
  esac
  case " ${missing[*]} " in
    *" openssh-server "*) have sshd && stop_service ssh ;;
  esac
  return 0
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  {
    timeout 300 apt-get install -y -qq --no-install-recommends "$@" && return 0
    timeout 120 apt-get update -qq
    timeout 300 apt-get install -y -qq --no-install-recommends "$@" && return 0
    # One unknown package must not keep the others away.
    local package status=0
    for package in "$@"; do
      timeout 300 apt-get install -y -qq --no-install-recommends "$package" || status=1
    done
    return $status
  } >artifacts/setup.log 2>&1 </dev/null
}

stop_service() {
  if [ -d /run/systemd/system ]; then
    systemctl disable --now "$1" >/dev/null 2>&1
  elif have service; then
    service "$1" stop >/dev/null 2>&1
  fi
  return 0
}

# PowerShell as the machine has it, otherwise the version that .config/dotnet-tools.json names, as a program of that name: the tests
# start others by it. Not by the tool's own start program, which would be its parent, so that the tests would end that instead.
find_pwsh() {
  local version library host
  PATH=$PATH:$PWD/$tools/bin
  have pwsh && return 0
  [ "${VRRPPS_NO_SETUP:-0}" = 1 ] && return 1
  version=$(sed -n 's/.*"version": "\([0-9][0-9.]*\)".*/\1/p' .config/dotnet-tools.json)
  say "set-up: installing PowerShell $version in $tools"
  mkdir -p "$tools/bin"
  dotnet tool install powershell --version "$version" --tool-path "$tools" >"$tools/pwsh.log" 2>&1
  library=$(find "$PWD/$tools/.store" -path '*/unix/pwsh.dll' 2>/dev/null | head -n 1)
  [ -n "$library" ] || return 1
  host=${library%.dll}
  chmod a+rx "$host" 2>/dev/null
  if "$host" -NoProfile -Version >>"$tools/pwsh.log" 2>&1; then
    ln -sf "$host" "$tools/bin/pwsh"
  else
    # It is one platform's; on others the library is started.
    printf '#!/bin/sh\nexec dotnet %s "$@"\n' "'$library'" >"$tools/bin/pwsh"
    chmod a+rx "$tools/bin/pwsh"
  fi
  pwsh -NoProfile -Version >>"$tools/pwsh.log" 2>&1
}

# Pester where PowerShell has none. build.ps1 looks for it there.
find_pester() {
  local module
  [ "${VRRPPS_NO_SETUP:-0}" = 1 ] && return 1
  say "set-up: restoring Pester into $tools"
  mkdir -p "$tools/modules"
  dotnet restore tests/Pester/Pester.csproj --packages "$tools/packages" >"$tools/pester.log" 2>&1 || return 1
  for module in "$PWD/$tools"/packages/pester/*/tools; do
    ln -sfn "$module" "$tools/modules/Pester"
  done
}

# --- build ---------------------------------------------------------------------------------------------------------------

build() {
  need_dotnet
  dotnet build VrrpPS.sln -c "$configuration" -v q -clp:NoSummary "$@"
}

# --- test ----------------------------------------------------------------------------------------------------------------

# Adds a project's counters from its TRX. xunit's skipped tests are in no counter of their own: skipped = total - executed.
add_trx() {
  local file=$1 counters total executed ok
  counters=$(grep -o '<Counters [^>]*>' "$file" | head -n 1)
  total=$(attribute total "$counters") executed=$(attribute executed "$counters") ok=$(attribute passed "$counters")
  [ -n "$total" ] && [ -n "$executed" ] && [ -n "$ok" ] || return 1
  project_total=$total project_failed=$((executed - ok))
  passed=$((passed + ok)) failed=$((failed + project_failed)) skipped=$((skipped + total - executed))
}

attribute() { sed -n "s/.*[[:space:]]$1=\"\([0-9][0-9]*\)\".*/\1/p" <<<"$2"; }

run_project() {
  timeout -k 10 "$test_timeout" dotnet test "$1" -c "$configuration" --no-build --results-directory "$results" \
    --blame-hang --blame-hang-timeout "${hang_timeout}s" --blame-hang-dump-type none \
    --logger "trx;LogFileName=$2.trx" --logger "console;verbosity=minimal"
}

# The tests that had begun and not ended when their process was ended. Forgets them.
take_hanging() {
  local file
  for file in "$results"/*/Sequence*.xml; do
    [ -e "$file" ] && grep 'Completed="False"' "$file" | sed 's/.*DisplayName="\([^"]*\)".*/\1/'
    rm -f "$file"
  done | sort -u | paste -sd ' '
}

test_project() {
  local project=$1 name status file hanging project_total=0 project_failed=0
  name=$(basename "$project" .csproj)
  file=$results/$name.trx
  say "== $name"
  run_project "$project" "$name"
  status=$?
  hanging=$(take_hanging)
  if [ -n "$hanging" ] && [ "${TEST_RETRY:-1}" = 1 ]; then
    # What came after them has not been run: all once more.
    say "== $name: once more, it stood still in: $hanging"
    notes+=("$name stood still and was run once more; these had begun: $hanging")
    # The process with the tests is not the one that was ended.
    have pkill && pkill -KILL -f "^$PWD/$(dirname "$project")/bin/"
    rm -f "$file"
    run_project "$project" "$name"
    status=$?
  fi
  if [ ! -s "$file" ] || ! add_trx "$file"; then
    say "$name left no usable result file (exit code $status)"
    failed=$((failed + 1))
  elif [ "$project_total" -eq 0 ]; then
    say "$name has no tests"
    failed=$((failed + 1))
  elif [ $status -ne 0 ] && [ $project_failed -eq 0 ]; then
    say "$name ended with exit code $status although no test failed"
    failed=$((failed + 1))
  elif [ $project_failed -gt 0 ]; then
    second_look "$project" "$name" "$file"
  fi
}

# Tests with real packets and processes share the machine with whatever else runs on it, and a stolen second looks like a defect. A few
# that failed are looked at once more, alone; what passes then is counted as passed and named. Never what begins at random: its find
# would be lost. TEST_RETRY=0: never at all.
second_look() {
  local project=$1 name=$2 first=$3 file=$results/$2.second.trx method filter=''
  local -a methods
  mapfile -t methods < <(grep -o '<UnitTestResult [^>]*' "$first" | grep 'outcome="Failed"' | sed 's/.*testName="\([^"(]*\).*/\1/' | sort -u)
  [ "${TEST_RETRY:-1}" = 1 ] && [ ${#methods[@]} -gt 0 ] && [ ${#methods[@]} -le 4 ] && [ $project_failed -le 8 ] || return 0
  for method in "${methods[@]}"; do
    [[ $method == *Fuzz* ]] && return 0
    filter="$filter${filter:+|}FullyQualifiedName=$method"
  done
  say "== $name: once more, alone: ${methods[*]}"
  timeout -k 10 "$test_timeout" dotnet test "$project" -c "$configuration" --no-build --results-directory "$results" \
    --filter "$filter" --logger "trx;LogFileName=$name.second.trx" --logger "console;verbosity=minimal" || return 0
  [ -s "$file" ] || return 0

  # Only what ran again counts anew.
  local -a mended=()
  local count again=0
  for method in "${methods[@]}"; do
    grep -q "testName=\"$method[\"(]" "$file" || continue
    count=$(grep -o '<UnitTestResult [^>]*' "$first" | grep 'outcome="Failed"' | grep -c "testName=\"$method[\"(]")
    again=$((again + count)) mended+=("$method")
  done
  [ $again -gt 0 ] || return 0
  passed=$((passed + again)) failed=$((failed - again))
  notes+=("passed only at the second look, alone ($name): ${mended[*]}")
}

# The files of one group, in a process and a result directory of their own.
run_pester() {
  local group=$1
  shift
  timeout -k 10 "$test_timeout" pwsh -NoProfile -NonInteractive -File build.ps1 Pester -ResultDirectory "$results/$group" -PesterPath "$(IFS=,; printf %s "$*")"
}

# build.ps1 Pester writes "passed failed skipped" from Pester's own result object. The tests on whole hosts mostly wait, in namespaces of
# their own, so they run beside the others.
test_pester() {
  local hosts=() others=() pid
  if ! find_pwsh; then
    notes+=("Pester lane: not run, because pwsh (PowerShell 7.6) is not installed and could not be ($tools/pwsh.log)")
    return
  fi
  if ! pwsh -NoProfile -Command 'exit ((Get-Module -ListAvailable Pester | Where-Object Version -GE "5.0") ? 0 : 3)' && ! find_pester; then
    notes+=("Pester lane: not run, because the module Pester 5 or later is not installed and could not be ($tools/pester.log)")
    return
  fi
  say "== Pester"
  mapfile -t hosts < <(grep -l 'Hosts\.ps1' tests/Pester/*.Tests.ps1)
  mapfile -t others < <(grep -L 'Hosts\.ps1' tests/Pester/*.Tests.ps1)
  run_pester hosts "${hosts[@]}" >"$results/hosts.log" 2>&1 &
  pid=$!
  run_pester others "${others[@]}"
  add_counts Pester "$results/others/Pester.counts" $?
  say "== Pester, on whole hosts"
  wait $pid
  set -- $?
  cat "$results/hosts.log"
  add_counts "Pester on whole hosts" "$results/hosts/Pester.counts" "$1"
}

# tests/ansible/run.py writes "passed failed skipped". It runs beside Pester, in namespaces of its own.
begin_ansible() {
  ansible=
  if ! have python3; then
    notes+=("Ansible lane: not run, because python3 is not installed")
    return
  fi
  timeout -k 10 "$test_timeout" python3 tests/ansible/run.py "$results/Ansible.counts" >"$results/ansible.log" 2>&1 &
  ansible=$!
}

end_ansible() {
  [ -n "$ansible" ] || return 0
  say "== Ansible"
  wait "$ansible"
  set -- $?
  cat "$results/ansible.log"
  add_counts Ansible "$results/Ansible.counts" "$1"
  have ansible-playbook || notes+=("Ansible lane: only its pure tests were run, because ansible-core is not installed")
}

# Adds "passed failed skipped" from a file.
add_counts() {
  local name=$1 counts=$2 status=$3 p f s
  if [ -s "$counts" ] && read -r p f s <"$counts"; then
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
      say "$name ended with exit code $status although no test failed"
      failed=$((failed + 1))
    fi
  else
    say "$name left no usable result (exit code $status)"
    failed=$((failed + 1))
  fi
}

name_missing_lanes() {
  if [ "$(id -u)" -ne 0 ]; then
    notes+=("namespace and interop lanes: skipped, because they need root")
  elif ! unshare -n true 2>/dev/null; then
    notes+=("namespace and interop lanes: skipped, because this machine lets even root make no network namespace")
  elif ! have keepalived; then
    notes+=("interop lane: skipped, because keepalived is not installed")
  fi
}

run_tests() {
  need_dotnet
  rm -rf "$results"
  mkdir -p "$results"
  setup
  if build; then
    local project
    for project in tests/*.Tests/*.csproj; do
      test_project "$project"
    done
    begin_ansible
    test_pester
    end_ansible
  else
    say "the build failed; no test was run"
    failed=$((failed + 1))
  fi
  name_missing_lanes
  finish
}

finish() {
  local note
  for note in ${notes[@]+"${notes[@]}"}; do
    say "note: $note"
  done
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# --- lab and package -----------------------------------------------------------------------------------------------------

lab() {
  need_dotnet
  dotnet build src/VrrpPS.Tool -c "$configuration" -v q -clp:NoSummary || return 1
  # exec, so that Ctrl+C and kill reach the lab itself.
  exec "src/VrrpPS.Tool/bin/$configuration/net10.0/vrrpps" lab "$@"
}

own_platform() {
  case $(uname -m) in aarch64) printf linux-arm64 ;; *) printf linux-x64 ;; esac
}

# The program is a native one where this machine can link it, for its own platform: smaller and faster. The other kind, a trimmed file
# that brings the runtime with it, begins on older systems, too (glibc 2.27 instead of 2.34), and is made for every platform.
# Sets kind; whether it was asked for.
choose_kind() {
  case ${1:-} in
    --aot) kind=native ;;
    --ready-to-run) kind=ready-to-run ;;
    *)
      kind=native
      if [ -n "${DOTNET_RID:-}" ] && [ "$DOTNET_RID" != "$(own_platform)" ]; then
        kind=ready-to-run
      elif ! have clang && ! have gcc; then
        kind=ready-to-run
        say "not a native program: neither clang nor gcc is here to link it"
      fi
      return 1
      ;;
  esac
}

# vrrpps into a directory, and beside a native one vrrppsd, which it becomes to serve. $1 platform, $2 kind, $3 directory.
publish_programs() {
  local -a how
  case $2 in
    native) how=(-p:PublishAot=true) ;;
    *) how=(-p:PublishTrimmed=true -p:PublishSingleFile=true -p:PublishReadyToRun=true) ;;
  esac
  how+=(-c Release -r "$1" -v q -clp:NoSummary --self-contained -o "$3")
  rm -rf "$3"
  dotnet publish src/VrrpPS.Tool "${how[@]}" || return 1
  [ "$2" != native ] || dotnet publish src/VrrpPS.Daemon "${how[@]}"
}

publish_for_bench() {
  publish_programs "${DOTNET_RID:-$(own_platform)}" "$1" "artifacts/bench/$1"
}

# The module compiled ahead of time, for one platform, into a directory.
publish_module() {
  dotnet publish src/VrrpPS -c Release -r "$1" -v q -clp:NoSummary -p:PublishReadyToRun=true --self-contained false -o "$2"
}

# What is measured is what users get, not the build output.
bench() {
  need_dotnet
  local kind wanted=no
  local -a native=()
  choose_kind "${1:-}" && wanted=yes && shift
  if ! publish_for_bench "$kind"; then
    [ "$kind $wanted" = "native no" ] || return 1
    say "not a native program, then"
    kind=ready-to-run
    publish_for_bench "$kind" || return 1
  fi
  [ "$kind" = native ] && native=(--native)
  # The module compiled ahead of time, as it is packaged; its PowerShell is the machine's or the one that the tests fetch.
  dotnet build src/VrrpPS -c Release -v q -clp:NoSummary || return 1
  publish_module "${DOTNET_RID:-$(own_platform)}" artifacts/bench/ahead || return 1
  rm -rf artifacts/bench/module
  mkdir -p artifacts/bench/module \
    && cp -R artifacts/module/VrrpPS artifacts/bench/module/VrrpPS \
    && install -m 644 artifacts/bench/ahead/VrrpPS*.dll artifacts/bench/module/VrrpPS || return 1
  find_pwsh || say "no PowerShell: row 11 is not measured"
  dotnet build bench/VrrpPS.Bench -c Release -v q -clp:NoSummary || return 1
  dotnet build bench/VrrpPS.MicroBench -c Release -v q -clp:NoSummary || return 1
  exec bench/VrrpPS.Bench/bin/Release/net10.0/vrrpps-bench --vrrpps "artifacts/bench/$kind/vrrpps" --module artifacts/bench/module/VrrpPS/VrrpPS.psd1 ${native[@]+"${native[@]}"} "$@"
}

# Which methods lie together: src/VrrpPS.Daemon/methods.order. After much has changed; names that are gone do no harm.
layout() {
  need_dotnet
  publish_for_bench native || return 1
  dotnet build bench/VrrpPS.Bench -c Release -v q -clp:NoSummary || return 1
  exec bench/VrrpPS.Bench/bin/Release/net10.0/vrrpps-bench layout --program artifacts/bench/native/vrrppsd src/VrrpPS.Daemon/methods.order
}

# The program and the module for one platform; 3 when the package sources lack what it is made of.
publish() {
  local rid=$1 kind=$2 log=artifacts/publish-$1.log
  say "== vrrpps for $rid ($kind)"
  publish_programs "$rid" "$kind" "artifacts/publish/$rid" >"$log" 2>&1 \
    && publish_module "$rid" "artifacts/publish/module-$rid" >>"$log" 2>&1 \
    && return 0
  local packs
  packs=$(grep -o "NU110[0-9]: Unable to [^.]*" "$log" | grep -o "'[^']*'" | sort -u | tr '\n' ' ')
  if [ -n "$packs" ]; then
    say "not made for $rid ($kind): the package sources lack $packs"
    return 3
  fi
  cat "$log" >&2
  return 1
}

package() {
  need_dotnet
  local rid status kind verified wanted=no out=artifacts/package own=${DOTNET_RID:-}
  choose_kind "${1:-}" && wanted=yes && shift
  if [ $# -gt 0 ]; then
    say "build.sh: package takes --aot, --ready-to-run or nothing" >&2
    return 2
  fi
  [ -n "$own" ] || own=$(own_platform)
  rm -rf "$out" artifacts/publish
  mkdir -p "$out"
  build || return 1
  publish "$own" "$kind"
  status=$?
  if [ $status -ne 0 ] && [ "$kind" = native ] && [ $wanted = no ]; then
    say "not a native program, then (--aot insists on one)"
    kind=ready-to-run
    publish "$own" "$kind"
    status=$?
  fi
  [ $status -eq 0 ] || return 1
  packaging/package.sh "$own" "artifacts/publish/$own/vrrpps" "$out" || return 1
  verified=$kind
  if [ -z "${DOTNET_RID:-}" ] && [ "$kind $wanted" != "native yes" ]; then
    for rid in linux-x64 linux-arm64; do
      [ "$rid" = "$own" ] && continue
      publish "$rid" ready-to-run
      status=$?
      [ $status -eq 3 ] && continue
      [ $status -eq 0 ] || return 1
      packaging/package.sh "$rid" "artifacts/publish/$rid/vrrpps" "$out" || return 1
    done
  fi
  # The module's package is looked at by PowerShell itself; where there is none, that is said.
  find_pwsh
  packaging/verify.sh "$out" "$verified" || return 1
  ls -l "$out"
}

command=${1:-help}
[ $# -gt 0 ] && shift
case $command in
  setup) setup; for note in ${notes[@]+"${notes[@]}"}; do say "note: $note"; done ;;
  build) build "$@" ;;
  test) run_tests ;;
  lab) lab "$@" ;;
  bench) bench "$@" ;;
  layout) layout ;;
  package) package "$@" ;;
  help | -h | --help) usage ;;
  *) usage >&2; say "build.sh: there is no command '$command'" >&2; exit 2 ;;
esac
