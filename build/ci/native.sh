#!/usr/bin/env bash
# Compiles meshlint ahead of time for this machine, with every trim and AOT warning an error, and runs the command-line tests against the native file.
# Exit 0 and one clear line where it cannot be done here: the compiler pack cannot be had, or there is no linker and none can be installed.
set -uo pipefail
cd "$(dirname "$0")/../.."

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  *) echo "native: skipped, no runtime is named for $(uname -s) $(uname -m)"; exit 0 ;;
esac

if ! command -v clang >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends clang zlib1g-dev) >/dev/null 2>&1
  fi
  if ! command -v clang >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1; then
    echo "native: no linker (clang or gcc), and none could be installed"
    exit 1
  fi
fi

if ! dotnet restore src/MeshLint.Cli -p:RuntimeIdentifier="$rid" -p:Configuration=Release -p:Checks=false -v quiet; then
  if dotnet restore src/MeshLint.Cli -p:Configuration=Release -p:Checks=false -v quiet; then
    echo "native: skipped, the compiler pack for $rid could not be restored; everything else could"
    exit 0
  fi
  echo "native: the packages could not be restored"
  exit 1
fi

out=$(pwd)/artifacts/native/$rid
started=$SECONDS
dotnet publish src/MeshLint.Cli -c Release -r "$rid" -p:Checks=false --no-restore -o "$out" -v minimal || exit 1
if [ ! -x "$out/meshlint" ]; then
  echo "native: the compiler ran, but left no '$out/meshlint'"
  exit 1
fi
echo "native: $(wc -c < "$out/meshlint") bytes, compiled in $((SECONDS - started)) s"

# The solution's tests were built before; only where they were not, this builds them.
MESHLINT_BINARY=$out/meshlint dotnet test tests/MeshLint.Cli.Tests
