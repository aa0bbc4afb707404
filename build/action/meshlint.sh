#!/usr/bin/env bash
# The GitHub Action's steps: 'plan' says what to fetch and under which cache key, 'install' fetches the release and checks it, 'build' compiles the action's
# own revision, 'check' runs it. Inputs arrive as variables, never as text of a script.
set -euo pipefail

folder=${RUNNER_TEMP:?}/meshlint

fail() {
  # On one line: what follows a line break could be read as a command of the runner.
  echo "::error::${1//[$'\r\n']/ }" >&2
  exit 2
}

platform() {
  local os arch
  case "${RUNNER_OS:?}" in
    Linux) os=linux ;;
    macOS) os=osx ;;
    Windows) os=win ;;
    *) return 1 ;;
  esac
  case "${RUNNER_ARCH:?}" in
    X64) arch=x64 ;;
    ARM64) arch=arm64 ;;
    *) return 1 ;;
  esac
  echo "$os-$arch"
}

suffix() {
  if [ "${RUNNER_OS:?}" = Windows ]; then echo .exe; fi
}

# The tag that is wanted: the input, or the tag that the workflow named the action by. A branch or a commit has no release.
tag() {
  local wanted=${MESHLINT_VERSION:-${MESHLINT_ACTION_REF:-}}
  wanted=${wanted#refs/tags/}
  if [[ "$wanted" =~ ^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then echo "v${wanted#v}"; fi
}

hash_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

# A release is a folder of files: on the web, or on disk.
get() {
  case "${MESHLINT_RELEASES:?}" in
    https://*) curl --proto '=https' --tlsv1.2 -fsSL --retry 3 -o "$2" "$MESHLINT_RELEASES/$1" ;;
    /*) cp "$MESHLINT_RELEASES/$1" "$2" 2>/dev/null ;;
    *) fail "'$MESHLINT_RELEASES' is no place for releases" ;;
  esac
}

plan() {
  local version runtime
  version=$(tag)
  runtime=$(platform) || runtime=other
  if [ -n "${MESHLINT_VERSION:-}" ] && [ -z "$version" ]; then fail "'$MESHLINT_VERSION' is no version: use 1.2.3"; fi
  if [ -n "$version" ] && [ "$runtime" != other ]; then
    echo "cache-key=meshlint-$version-$runtime" >> "$GITHUB_OUTPUT"
  else
    # What is built depends on these files alone.
    local sources
    sources=$(cd "${GITHUB_ACTION_PATH:?}" && find src templates docs/rules Directory.* -type f ! -path '*/bin/*' ! -path '*/obj/*' -print0 \
      | LC_ALL=C sort -z | xargs -0 cat | hash_of -)
    echo "cache-key=meshlint-${sources:0:32}-$runtime" >> "$GITHUB_OUTPUT"
  fi
}

# Sets found=true, or found=false where there is no such release. A file whose checksum is wrong ends the job: nothing else is tried then.
install() {
  local version runtime name expected actual
  version=$(tag)
  if [ -z "$version" ] || ! runtime=$(platform); then
    echo "found=false" >> "$GITHUB_OUTPUT"
    return
  fi
  name=meshlint-$runtime$(suffix)
  mkdir -p "$folder"
  if ! get "$version/SHA256SUMS" "$folder/SHA256SUMS" || ! get "$version/$name" "$folder/$name.part"; then
    rm -f "$folder/$name.part"
    if [ -n "${MESHLINT_VERSION:-}" ]; then fail "there is no release $version with $name"; fi
    echo "there is no release $version with $name; building it"
    echo "found=false" >> "$GITHUB_OUTPUT"
    return
  fi
  expected=$(awk -v name="$name" '$2 == name || $2 == "*" name { print $1 }' "$folder/SHA256SUMS")
  actual=$(hash_of "$folder/$name.part")
  if [ -z "$expected" ] || [ "$expected" != "$actual" ]; then
    rm -f "$folder/$name.part"
    fail "the checksum of $name is $actual, SHA256SUMS of $version says '${expected:-nothing}'"
  fi
  chmod +x "$folder/$name.part"
  mv "$folder/$name.part" "$folder/meshlint$(suffix)"
  echo "found=true" >> "$GITHUB_OUTPUT"
}

build() {
  dotnet publish "${GITHUB_ACTION_PATH:?}/src/MeshLint.Cli" -c Release -o "$folder"
}

check() {
  local args=(check --format github) status=0
  if [ -n "${MESHLINT_KUMA_VERSION:-}" ]; then args+=(--kuma-version "$MESHLINT_KUMA_VERSION"); fi
  "$folder/meshlint$(suffix)" --version
  "$folder/meshlint$(suffix)" "${args[@]}" -- "${MESHLINT_PATH:-.}" || status=$?
  echo "exit-code=$status" >> "$GITHUB_OUTPUT"
  exit "$status"
}

case "${1:-}" in
  plan | install | build | check) "$1" ;;
  *) fail "usage: meshlint.sh plan|install|build|check" ;;
esac
