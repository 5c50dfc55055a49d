#!/usr/bin/env bash
# Looks at packages as their users do: installs the .deb and the tarball into directories of their own, runs vrrpps from there, and
# imports the module from its .nupkg. $1: where they are; $2: native or ready-to-run, for this machine. What a tool is missing for is said; everything else must be right.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

out=$1 kind=$2
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "package check: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

(cd "$out" && sha256sum --quiet -c SHA256SUMS) || fail "SHA256SUMS does not fit"
case $(uname -m) in x86_64) rid=linux-x64 architecture=amd64 ;; aarch64) rid=linux-arm64 architecture=arm64 ;; *) fail "nothing for $(uname -m)" ;; esac

check_tree() {
  local root=$1 program=$2 unit=$3
  [ "$("$root$program" --version)" = "$version" ] || fail "$program is not version $version"
  if [ "$kind" = native ]; then
    { "$root${program}d" --fly high 2>&1 || true; } | grep -q "vrrpps run --help" || fail "${program}d is none"
  fi
  [ "$(stat -c %a "$root/etc/vrrpps")" = 750 ] || fail "/etc/vrrpps is not for its owner and group"
  grep -q "^ExecStart=$program run --config /etc/vrrpps " "$root$unit" || fail "the unit does not start $program"
}

deb=$out/vrrpps_${version}_$architecture.deb
if have dpkg-deb; then
  dpkg-deb --info "$deb" >/dev/null || fail "dpkg-deb does not read the .deb"
  if [ "$(id -u)" -eq 0 ]; then
    # As dpkg does it, with its own database, but without running scripts of a root that has no shell.
    mkdir -p "$work/deb/var/lib/dpkg/info" "$work/deb/var/lib/dpkg/updates"
    : >"$work/deb/var/lib/dpkg/status"
    dpkg --root="$work/deb" --force-depends --force-script-chrootless --log=/dev/null --install "$deb" >/dev/null 2>"$work/dpkg.log" || { cat "$work/dpkg.log" >&2; fail "dpkg does not install the .deb"; }
  else
    dpkg-deb -x "$deb" "$work/deb"
  fi
  check_tree "$work/deb" /usr/bin/vrrpps /usr/lib/systemd/system/vrrpps.service
else
  echo "package check: dpkg-deb is not installed; the .deb was not looked at"
fi

tar -xzf "$out/vrrpps-$version-$rid.tar.gz" -C "$work"
"$work/vrrpps-$version-$rid/install.sh" --root "$work/tar" >/dev/null
check_tree "$work/tar" /usr/local/bin/vrrpps /etc/systemd/system/vrrpps.service
"$work/vrrpps-$version-$rid/install.sh" --root "$work/tar" | grep -q '^kept:' || fail "an update replaces the administrator's unit"

# An update replaces the program under the running service, which then still answers, reloads and hands over.
check_update() {
  local program=$1 place=$work/update pid status=0 waited=0
  mkdir -p "$place/etc"
  local served
  served=$(dirname "$program")/vrrppsd
  install -m 755 "$program" "$place"
  [ "$kind" != native ] || install -m 755 "$served" "$place"
  printf 'vrrp_instance web {\n interface eth0\n virtual_router_id 51\n version 3\n advert_int 0.1\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n' >"$place/etc/web.conf"
  ip link add eth0 type veth peer name peer0
  ip link set eth0 up
  ip link set peer0 up
  ip address add 192.0.2.10/24 dev eth0
  "$place/vrrpps" run --config "$place/etc" --socket "$place/socket" >"$place/log" 2>&1 &
  pid=$!
  until grep -q -e '-> Master' "$place/log"; do
    waited=$((waited + 1))
    [ $waited -lt 600 ] || { cat "$place/log" >&2; kill -KILL $pid; fail "vrrpps does not become Master"; }
    sleep 0.1
  done
  [ "$kind" != native ] || [ "$(readlink "/proc/$pid/exe")" = "$place/vrrppsd" ] || fail "vrrpps does not become vrrppsd"
  for file in "$place"/vrrpps "$place"/vrrppsd; do
    [ -e "$file" ] || continue
    install -m 755 /bin/true "$file.new"
    mv -f "$file.new" "$file"
  done
  "$program" state --socket "$place/socket" | grep -q '^web' || status=1
  kill -HUP $pid && kill -TERM $pid || status=1
  wait $pid || status=$?
  [ $status -eq 0 ] || { cat "$place/log" >&2; fail "vrrpps does not survive that its file is replaced ($status)"; }
}

if [ "$(id -u)" -eq 0 ] && unshare --net true 2>/dev/null; then
  export -f check_update fail
  export work kind
  unshare --net bash -euc 'check_update "$1"' bash "$work/vrrpps-$version-$rid/vrrpps" || exit 1
else
  echo "package check: no network namespace can be made; no update under a running service was tried"
fi

if have pwsh; then
  tar -xzf "$out/VrrpPS-module-$version-$rid.tar.gz" -C "$work"
  [ "$(pwsh -NoProfile -NonInteractive -Command "\$env:PSModulePath = '$work'; (Get-Command -Module (Import-Module VrrpPS -PassThru)).Count; \$null = Get-VrrpState")" -gt 0 ] || fail "the module for $rid cannot be imported"
  pwsh -NoProfile -NonInteractive -File packaging/module/verify.ps1 -Package "$out/VrrpPS.$version.nupkg" -Version "$version" || fail "the module's package is not in order"
else
  echo "package check: pwsh is not installed; the module's package was not looked at"
fi

echo "package check: all packages in $out are in order"
