#!/usr/bin/env bash
# Looks at packages as their users do: installs the .deb and the tarball into directories of their own, runs vrrpps from there, and
# imports the module from its .nupkg. What a tool is missing for is said; everything else must be right.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

out=$1
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

if have pwsh; then
  pwsh -NoProfile -NonInteractive -File packaging/module/verify.ps1 -Package "$out/VrrpPS.$version.nupkg" -Version "$version" || fail "the module's package is not in order"
else
  echo "package check: pwsh is not installed; the module's package was not looked at"
fi

echo "package check: all packages in $out are in order"
