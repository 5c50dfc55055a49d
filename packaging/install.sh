#!/bin/sh
# Installs vrrpps from this directory: ./install.sh [--root DIRECTORY]. Run again, it updates: what runs is restarted and hands its
# addresses over before it ends. With --root it only copies, for an image.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
root=
case ${1:-} in
    --root) root=${2:?"--root needs a directory"} ;;
    '') ;;
    *) echo "usage: $0 [--root DIRECTORY]" >&2; exit 2 ;;
esac

mkdir -p "$root/usr/local/bin" "$root/etc/systemd/system"
[ -d "$root/etc/vrrpps" ] || install -d -m 750 "$root/etc/vrrpps"
# Copied aside and renamed: a program that runs keeps its file. vrrppsd, which a native vrrpps becomes to serve, first: of one that is
# missing here none of another version may stay.
for program in vrrppsd vrrpps; do
    if [ -e "$here/$program" ]; then
        install -m 755 "$here/$program" "$root/usr/local/bin/$program.new"
        mv -f "$root/usr/local/bin/$program.new" "$root/usr/local/bin/$program"
    else
        rm -f "$root/usr/local/bin/$program"
    fi
done
if [ -e "$root/etc/systemd/system/vrrpps.service" ]; then
    echo "kept: /etc/systemd/system/vrrpps.service"
else
    install -m 644 "$here/vrrpps.service" "$root/etc/systemd/system/vrrpps.service"
fi

if [ -z "$root" ] && [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl try-restart 'vrrpps*.service'
    echo "Put a configuration into /etc/vrrpps, then: systemctl enable --now vrrpps"
fi
