#!/usr/bin/env bash
# Tests the platform's own ML-KEM and ML-DSA where the system's OpenSSL is older than 3.5, as Debian 12's is: with the OpenSSL of Debian 13 and what that
# needs, taken from Debian's archive into a temporary directory, in a mount namespace of its own. Nothing of the system changes.
# usage: platform.sh   (after dotnet build; as root, with apt-get, dpkg, unshare and chroot, and with Debian's archive in reach)
set -euo pipefail
cd "$(dirname "$0")/../.."
tests=OpenEntropy.Pqc.Tests
filter='FullyQualifiedName~Platform|FullyQualifiedName~MlKem|FullyQualifiedName~MlDsa|FullyQualifiedName~OpenSsl|FullyQualifiedName~BundleSelfTest'
packages=(libssl3t64 openssl libc6 libgcc-s1 libstdc++6 zlib1g libzstd1)

skip() { echo "the platform's ML-KEM and ML-DSA are not tested: $1"; exit 0; }
[ "$(id -u)" -eq 0 ] || skip "that needs root"
[ "$(uname -m)" = x86_64 ] || skip "that is for x86-64"
for tool in apt-get dpkg unshare chroot dotnet; do command -v "$tool" >/dev/null || skip "$tool is missing"; done

here=$(mktemp -d)
trap 'rm -rf --one-file-system "$here"' EXIT
mkdir -p "$here"/{lists,cache/archives}/partial "$here/root/usr/lib64"
echo 'deb http://deb.debian.org/debian trixie main' > "$here/sources.list"
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$here/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$here/lists" -o "Dir::Cache=$here/cache"
  -o APT::Sandbox::User=root)
{ timeout 120 "${apt[@]}" update && (cd "$here" && timeout 120 "${apt[@]}" download "${packages[@]/%//trixie}"); } >/dev/null 2>"$here/complaints" \
  || skip "Debian's archive is out of reach: $(tail -1 "$here/complaints")"
for package in "$here"/*.deb; do dpkg -x "$package" "$here/root"; done
for link in bin sbin lib lib64; do [ -e "$here/root/$link" ] || ln -s "usr/$link" "$here/root/$link"; done

# The programs are those of the system; what they load is not. The directories are theirs, at the same places.
inside=$(cat <<'INSIDE'
set -euo pipefail
root=$1 tree=$2 dotnet=$3
shift 3
for directory in /tmp /proc /dev "$dotnet" "$tree"; do
  mkdir -p "$root$directory"
  [ "$directory" = /tmp ] && mount -t tmpfs tmpfs "$root/tmp" || mount --rbind "$directory" "$root$directory"
done
mkdir -p "$root/tmp/home"
exec env -i HOME=/tmp/home PATH=/usr/bin DOTNET_ROOT="$dotnet" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
  "$(command -v chroot)" "$root" "$dotnet/dotnet" "$@"
INSIDE
)
dotnet_inside() { unshare --mount --propagation private bash -c "$inside" bash "$here/root" "$PWD" "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$@"; }

assembly=$(ls -t "$PWD/tests/$tests"/bin/*/net*/"$tests".dll 2>/dev/null | head -1)
[ -n "$assembly" ] || { echo "$tests is not built"; exit 1; }
status=0
dotnet_inside test "$assembly" --filter "$filter" --logger 'console;verbosity=normal' > "$here/log" 2>&1 || { status=1; cat "$here/log"; }
! grep -q 'The platform has no' "$here/log" || { echo "the platform's own were skipped all the same"; status=1; }
printf '%s by OpenSSL %s: %s\n' "$tests" "$(cd "$here" && ls libssl3t64_*.deb | cut -d_ -f2)" "$(grep -E '^ *(Passed|Failed|Skipped): ' "$here/log" | tr -s ' \n' ' ')"
exit "$status"
