# Puts preavis into PREAVIS_HOME, from where PREAVIS_FROM says: the folder of a release with the digest of the SHA256SUMS
# in it, or a git repository at a revision, which is built and kept.
set -eu
stop() {
  printf 'error: %s\nhelp: %s\n' "$1" "$2" >&2
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    printf '**preavis could not tell**: %s (%s)\n' "$1" "$2" >> "$GITHUB_STEP_SUMMARY"
  fi
  exit 2
}
digest() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}
download() {
  curl --fail --silent --show-error --location --proto "=${base%%:*}" --proto-redir '=https' --retry 3 --max-time 300 \
    --output "$new/$1" "$base/$1" || stop "$base/$1 cannot be downloaded" 'see what curl says, and run the job again'
}
forms='https://HOST/RELEASE#sha256=DIGEST (the digest of SHA256SUMS there) or GIT-URL@REVISION'
from=${PREAVIS_FROM:-}
home=${PREAVIS_HOME:-$HOME/.cache/preavis}
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
case $from in
  '')
    stop 'nobody said where preavis comes from' "set the variable PREAVIS_FROM of this repository to $forms" ;;
  https://*'#sha256='* | http://127.0.0.1:*'#sha256='* | http://localhost:*'#sha256='*)
    base=${from%%#sha256=*}
    base=${base%/}
    case $(uname -s)-$(uname -m) in
      Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
      Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-gnu ;;
      Darwin-x86_64) target=x86_64-apple-darwin ;;
      Darwin-arm64) target=aarch64-apple-darwin ;;
      *) stop "there is no release for $(uname -s) on $(uname -m)" 'set PREAVIS_FROM to GIT-URL@REVISION: it is built' ;;
    esac
    command -v curl > /dev/null || stop 'curl is not there' 'let the job run where curl is installed'
    download SHA256SUMS
    [ "$(digest "$new/SHA256SUMS")" = "${from##*#sha256=}" ] ||
      stop "$base/SHA256SUMS is not what PREAVIS_FROM pins" 'take the digest from the notes of that release'
    archive=$(sed -n "s/^[0-9a-f]\{64\}  \([A-Za-z0-9._-]*$target\.tar\.gz\)\$/\1/p" "$new/SHA256SUMS" | head -n 1)
    [ -n "$archive" ] || stop "$base has no archive for $target" 'set PREAVIS_FROM to GIT-URL@REVISION: it is built'
    download "$archive"
    grep -qxF "$(digest "$new/$archive")  $archive" "$new/SHA256SUMS" ||
      stop "$base/$archive is not what its SHA256SUMS says" 'run the job again; if it stays, tell whoever serves it'
    mkdir "$new/bin"
    tar -xzf "$new/$archive" -C "$new/bin"
    found=$(find "$new/bin" -type f -name preavis | head -n 1)
    [ -n "$found" ] || stop "$archive holds no preavis" 'tell whoever serves it' ;;
  *://*@*)
    url=${from%@*} revision=${from##*@} found=
    case $revision in '' | -* | *:*) stop "PREAVIS_FROM names no revision" "write it like $forms" ;; esac
    if [ ! -x "$home/preavis" ] || [ "$(cat "$home/from" 2> /dev/null)" != "$from" ]; then
      command -v cargo > /dev/null ||
        stop 'cargo is needed to build preavis, and is not there' 'let the job run where Rust is installed, or name a release'
      cargo install --quiet --locked --git "$url" --rev "$revision" --root "$new" preavis ||
        stop "preavis cannot be built from $url at $revision" 'see what cargo says'
      found=$new/bin/preavis
    fi ;;
  *)
    stop 'PREAVIS_FROM cannot be read' "write it like $forms" ;;
esac
if [ -n "$found" ]; then
  mkdir -p "$home"
  mv -f "$found" "$home/preavis"
  chmod +x "$home/preavis"
  printf '%s\n' "$from" > "$home/from"
fi
"$home/preavis" --version
