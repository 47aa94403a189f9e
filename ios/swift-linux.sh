#!/bin/bash
# Swift for a Linux machine that has none: Debian trixie's packages, unpacked into a folder of their own.
#
#   ios/swift-linux.sh setup FOLDER                     unpacks the toolchain; does nothing where it is complete
#   ios/swift-linux.sh run FOLDER SEEN... -- COMMAND    runs a command of it in the first of the folders SEEN; each
#                                                       of them stands at its own path
#
# Nothing is installed on the machine, and no service is started. What was fetched before an interruption is not fetched
# again. Packages come from the mirror that apt is set up with, and apt checks their signatures. On a Mac this script
# has nothing to do: there the installed Swift is used.
set -euo pipefail

# The certificates are for the core: its HTTP client does not start without any.
PACKAGES=("swiftlang=6.0.3*" libc6-dev ca-certificates)

# What neither builds nor tests anything here: debuggers, editors' servers, manuals, static and embedded libraries.
LEFT_OUT=(
  './usr/share/doc/*' './usr/share/man/*' './usr/share/locale/*' './usr/share/info/*'
  './usr/libexec/swift/bin/lldb*' './usr/libexec/swift/bin/clangd' './usr/libexec/swift/bin/docc'
  './usr/libexec/swift/bin/sourcekit-lsp' './usr/libexec/swift/bin/repl_swift'
  './usr/libexec/swift/lib/liblldb*' './usr/libexec/swift/lib/libsourcekitd*'
  './usr/libexec/swift/lib/swift_static' './usr/libexec/swift/lib/swift/embedded'
)

# The first Debian archive that apt knows of; archives of security updates have no main suite.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | grep -m1 '/debian/*$'
}

setup() {
  local folder work
  folder=$(realpath -m "$1")
  work=$folder.part
  [ -e "$folder/complete" ] && return 0
  mkdir -p "$work"/{lists/partial,archives/partial,state,done,root}
  fetch "$work"
  unpack "$work"
  rm -rf --one-file-system "$folder"
  mv "$work/root" "$folder"
  touch "$folder/complete"
  rm -rf --one-file-system "$work"
}

# An apt of its own, which knows one source and believes that nothing is installed.
fetch() {
  local work=$1 options
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$(mirror)" >"$work/sources.list"
  : >"$work/state/status"
  options=(
    -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State="$work/state" -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/state/status"
    -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives"
    -o APT::Install-Recommends=0 -o APT::Sandbox::User=root
    -o Acquire::Languages=none -o Acquire::Retries=5 -o Dpkg::Use-Pty=0
  )
  apt-get "${options[@]}" update
  apt-get "${options[@]}" --yes --download-only install "${PACKAGES[@]}"
}

# Two at a time, the largest first: decompression takes longer than fetching.
unpack() {
  local work=$1 root=$1/root name
  mkdir -p "$root"/{dev,etc,proc,root,tmp,usr/{bin,sbin,lib,lib64}}
  for name in bin sbin lib lib64; do
    [ -L "$root/$name" ] || ln -s "usr/$name" "$root/$name"
  done
  ls -S "$work"/archives/*.deb | xargs -P 2 -I{} "$0" one {} "$root" "$work/done"
  mkdir -p "$root/etc/ssl/certs"
  cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
}

one() {
  local archive=$1 root=$2 done=$3/${1##*/} skip
  [ -e "$done" ] && return 0
  skip=("${LEFT_OUT[@]/#/--exclude=}")
  dpkg-deb --fsys-tarfile "$archive" | tar --extract --directory "$root" --keep-directory-symlink "${skip[@]}"
  touch "$done"
}

# The mounts live in a namespace of their own and are gone with the command, however it ends. Whoever is not root
# becomes it in a namespace of users, where the system allows that.
run() {
  local folder seen=() as=()
  folder=$(realpath "$1")
  shift
  while [ "$1" != -- ]; do
    seen+=("$(realpath "$1")")
    shift
  done
  shift
  [ "$(id -u)" = 0 ] || as=(--map-root-user)
  exec unshare "${as[@]}" --mount --propagation private -- "$0" within "$folder" "${seen[@]}" -- "$@"
}

within() {
  local folder=$1 here=$2 place variable kept=()
  shift
  for place in /proc /dev /tmp; do
    mount --rbind "$place" "$folder$place"
  done
  while [ "$1" != -- ]; do
    mkdir -p "$folder$1"
    mount --rbind "$1" "$folder$1"
    shift
  done
  shift
  for variable in "${!CITIZEN_@}" TSAN_OPTIONS; do
    [ -z "${!variable-}" ] || kept+=("$variable=${!variable}")
  done
  exec env -i PATH=/usr/libexec/swift/bin:/usr/bin HOME=/tmp LC_ALL=C.UTF-8 TERM=dumb "${kept[@]}" \
    "$(command -v unshare)" --root "$folder" --wd "$here" -- "$@"
}

"$@"
