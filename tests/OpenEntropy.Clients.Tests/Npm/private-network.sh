#!/bin/sh
# Runs a command beside the service, in the network and mounts of the shell it is run by: DIRECTORY SERVER.dll COMMAND…
# DIRECTORY has the hosts file and the certificate for the name in it.
set -eu
work=$1
server=$2
shift 2
ip link set lo up
mount --bind "$work/hosts" /etc/hosts
OpenEntropy__Storage__Directory=$work/storage OpenEntropy__Assessment__Enabled=false dotnet "$server" \
  --Kestrel:Endpoints:Plain:Url=http://127.0.0.1:80 \
  --Kestrel:Endpoints:Tls:Url=https://127.0.0.1:443 \
  --Kestrel:Endpoints:Tls:Certificate:Path="$work/server.pem" \
  --Kestrel:Endpoints:Tls:Certificate:KeyPath="$work/server.key" >"$work/log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" || true' EXIT
until curl -sf -o "$work/ready" http://127.0.0.1/health/ready; do
  kill -0 "$service" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.05
done
"$@"
