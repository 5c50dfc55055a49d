#!/bin/sh
# Three hosts on one machine: network namespaces node1..node3, each with an interface ens33, and a laptop, on one bridge.
# Used by the transcript in README.md. Needs root and iproute2.   three-hosts.sh up | down
set -eu

case "${1:-}" in
  up)
    ip netns add vrrp-switch
    ip -n vrrp-switch link add lan type bridge
    ip -n vrrp-switch link set lan up
    for host in node1:203 node2:201 node3:202 laptop:100; do
      name=${host%:*}
      ip netns add "$name"
      ip -n vrrp-switch link add "port-$name" type veth peer name ens33 netns "$name"
      ip -n vrrp-switch link set "port-$name" master lan up
      ip -n "$name" address add "192.168.31.${host#*:}/24" dev ens33
      ip -n "$name" link set lo up
      ip -n "$name" link set ens33 up
    done
    ;;
  down)
    for name in node1 node2 node3 laptop vrrp-switch; do
      ip netns delete "$name" 2>/dev/null || true
    done
    ;;
  *)
    echo "usage: $0 up|down" >&2
    exit 2
    ;;
esac
