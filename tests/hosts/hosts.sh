#!/usr/bin/env bash
# Hosts for tests that need whole machines: the network of docs/examples/three-hosts.sh, and for each of its hosts a file
# system that it can change alone (overlays in memory over this machine's), a /run, a host name and a `systemctl`.
#
#   hosts.sh run COMMAND ARGUMENTS   runs the command on the laptop with the hosts up; its exit code is the command's
#
# The command finds in $VRRPPS_HOSTS/bin one program per host, that runs its arguments there. Everything lives in namespaces of its own:
# when the command ends the kernel ends what was started and removes what was made. Needs root.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
names=(node1 node2 node3 laptop)

# Overlays that keep their changes in this run's memory.
overlay() {
  local changes=$1 directory
  for directory in etc opt usr var root; do
    mkdir -p "$changes/$directory/upper" "$changes/$directory/work"
    mount -t overlay overlay -o "lowerdir=/$directory,upperdir=$changes/$directory/upper,workdir=$changes/$directory/work" "/$directory"
  done
}

# Becomes one host; says so and stays for as long as the run does. An instance runs in its process's namespace.
host() {
  local name=$1
  overlay "$VRRPPS_HOSTS/files/$name"
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -p /run/systemd/system /run/sshd
  hostname "$name"
  printf '127.0.0.1 localhost %s\n192.168.31.203 node1\n192.168.31.201 node2\n192.168.31.202 node3\n192.168.31.100 laptop\n' "$name" >/etc/hosts
  rm -f /etc/systemd/system/multi-user.target.wants/* /etc/keepalived/keepalived.conf
  # keepalived tells nobody but a systemd that it is ready.
  mkdir -p /etc/systemd/system/keepalived.service.d
  printf '[Service]\nType=exec\n' >/etc/systemd/system/keepalived.service.d/tests.conf
  install -m 755 "$here/systemctl" /usr/local/bin/systemctl
  ln -sf /usr/local/bin/systemctl /usr/bin/systemctl
  : >"$VRRPPS_HOSTS/ready-$name"
  exec sleep infinity
}

enter() {
  local name=$1 keeper=$2
  cat >"$VRRPPS_HOSTS/bin/$name" <<TEXT
#!/bin/sh
exec nsenter --target $keeper --mount --net --uts -- /bin/sh -c 'cd -- "\$0" 2>/dev/null || cd /; exec "\$@"' "\$PWD" "\$@"
TEXT
  chmod +x "$VRRPPS_HOSTS/bin/$name"
}

inside() {
  local name waited=0
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -p /run/netns
  mount -t tmpfs -o mode=755 tmpfs /mnt
  export VRRPPS_HOSTS=/mnt/hosts
  mkdir -p "$VRRPPS_HOSTS/bin" "$VRRPPS_HOSTS/files"
  "$here/../../docs/examples/three-hosts.sh" up
  for name in "${names[@]}"; do
    ip netns exec "$name" unshare --mount --uts --propagation private "$here/hosts.sh" host "$name" </dev/null &
    enter "$name" $!
  done
  for name in "${names[@]}"; do
    until [ -e "$VRRPPS_HOSTS/ready-$name" ]; do
      waited=$((waited + 1))
      [ $waited -lt 600 ] || { echo "hosts.sh: $name did not start" >&2; exit 1; }
      sleep 0.05
    done
  done
  local status=0
  "$VRRPPS_HOSTS/bin/laptop" "$@" || status=$?
  exit $status
}

case "${1:-}" in
  run)
    shift
    exec unshare --mount --pid --fork --mount-proc --kill-child --propagation private "$here/hosts.sh" inside "$@"
    ;;
  inside) shift; inside "$@" ;;
  host) shift; host "$@" ;;
  *) echo "usage: $0 run COMMAND ARGUMENTS" >&2; exit 2 ;;
esac
