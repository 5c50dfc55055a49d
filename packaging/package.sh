#!/usr/bin/env bash
# Makes the packages of one platform from a published vrrpps and the composed module: a .deb, a tarball with an install script, the
# module's .nupkg, and SHA256SUMS. Called by `build.sh package`. Needs tar, gzip and dotnet; no packaging tool: a .deb is an ar
# archive of two tarballs. The same input gives the same bytes: times are those of the last commit, or $SOURCE_DATE_EPOCH.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

rid=$1 program=$2 out=$3
# What it becomes to serve, where it is a native one.
daemon=$(dirname -- "$program")/vrrppsd
[ -e "$daemon" ] || daemon=
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
# What the program was linked with is what it needs; what brings the runtime with it was linked with an old one.
libc=$({ LC_ALL=C grep -ao 'GLIBC_2\.[0-9]\+' "$program" || true; } | sort -uV | tail -1)
libc=${libc#GLIBC_}
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
case $rid in
  linux-x64) architecture=amd64 ;;
  linux-arm64) architecture=arm64 ;;
  *) echo "package.sh: no package for '$rid'" >&2; exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A tarball whose bytes depend on names, modes and contents only.
archive() {
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu -C "$1" -cf - "${@:3}" | gzip -9n >"$2"
}

# The unit with the least rights, for a configuration in /etc/vrrpps.
unit() {
  if [ "$rid" = linux-x64 ] && [ "$(uname -m)" = x86_64 ] || [ "$rid" = linux-arm64 ] && [ "$(uname -m)" = aarch64 ]; then
    "$program" unit --executable "$1"
  else
    dotnet src/VrrpPS.Tool/bin/Release/net10.0/vrrpps.dll unit --executable "$1"
  fi
}

documents() {
  mkdir -p "$1"
  install -m 644 README.md CHANGELOG.md "$1"
  install -m 644 docs/*.md "$1"
  mkdir -p "$1/schema"
  install -m 644 docs/schema/* "$1/schema"
}

# --- the .deb ------------------------------------------------------------------------------------------------------------

ar_member() {
  local name=$1 file=$2 size
  size=$(stat -c %s "$file")
  printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "$name" "$epoch" 0 0 100644 "$size"
  cat "$file"
  [ $((size % 2)) -eq 0 ] || printf '\n'
}

deb() {
  local root=$work/deb control=$work/control file=$out/vrrpps_${version}_$architecture.deb
  mkdir -p "$root/usr/bin" "$root/usr/lib/systemd/system" "$root/etc/vrrpps" "$control"
  install -m 755 "$program" ${daemon:+"$daemon"} "$root/usr/bin"
  unit /usr/bin/vrrpps >"$root/usr/lib/systemd/system/vrrpps.service"
  chmod 644 "$root/usr/lib/systemd/system/vrrpps.service"
  # Passwords live there.
  chmod 750 "$root/etc/vrrpps"
  documents "$root/usr/share/doc/vrrpps"
  install -m 644 LICENSE "$root/usr/share/doc/vrrpps/copyright"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@LIBC@/${libc:-2.34}/" -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f1)/" \
    packaging/debian/control >"$control/control"
  install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$control"
  (cd "$root" && find . -type f -printf '%P\0' | sort -z | xargs -0 md5sum) >"$control/md5sums"
  chmod 644 "$control/control" "$control/md5sums"
  printf '2.0\n' >"$work/debian-binary"
  archive "$control" "$work/control.tar.gz" .
  archive "$root" "$work/data.tar.gz" .
  {
    printf '!<arch>\n'
    ar_member debian-binary "$work/debian-binary"
    ar_member control.tar.gz "$work/control.tar.gz"
    ar_member data.tar.gz "$work/data.tar.gz"
  } >"$file"
}

# --- the tarball ---------------------------------------------------------------------------------------------------------

tarball() {
  local name=vrrpps-$version-$rid
  mkdir -p "$work/tar/$name"
  install -m 755 "$program" ${daemon:+"$daemon"} packaging/install.sh "$work/tar/$name"
  unit /usr/local/bin/vrrpps >"$work/tar/$name/vrrpps.service"
  chmod 644 "$work/tar/$name/vrrpps.service"
  install -m 644 LICENSE "$work/tar/$name"
  documents "$work/tar/$name/docs"
  archive "$work/tar" "$out/$name.tar.gz" "$name"
}

# --- the module ----------------------------------------------------------------------------------------------------------

# What the PowerShell Gallery takes: the module's files beside a nuspec, in a zip with two files that name the parts.
nupkg() {
  local root=$work/nupkg
  mkdir -p "$root/_rels"
  cp -R artifacts/module/VrrpPS/. "$root"
  sed -e "s/@VERSION@/$version/" packaging/module/VrrpPS.nuspec >"$root/VrrpPS.nuspec"
  cp packaging/module/rels.xml "$root/_rels/.rels"
  cp packaging/module/content-types.xml "$root/[Content_Types].xml"
  find "$root" -exec touch -d "@$epoch" {} +
  TZ=UTC dotnet build packaging/module/zip.proj -v q -nologo -clp:NoSummary -p:ModuleFolder="$root" -p:PackageFile="$PWD/$out/VrrpPS.$version.nupkg"
}

# The module with its assemblies compiled ahead of time, which another platform cannot load: begins in half the time.
module() {
  local folder=$work/module/VrrpPS/$version
  mkdir -p "$folder"
  cp -R artifacts/module/VrrpPS/. "$folder"
  install -m 644 artifacts/publish/module-"$rid"/VrrpPS*.dll "$folder"
  rm -f "$folder"/*.pdb
  archive "$work/module" "$out/VrrpPS-module-$version-$rid.tar.gz" VrrpPS
}

mkdir -p "$out"
deb
tarball
module
[ -d artifacts/module/VrrpPS ] && [ ! -e "$out/VrrpPS.$version.nupkg" ] && nupkg
(cd "$out" && sha256sum -- *.deb *.tar.gz *.nupkg >SHA256SUMS)
