# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Configuring and building without noise.  Sourced by ./run and ./check.
#
# A build that works says how far it is; a build that fails shows what the compiler said.  All of it
# is kept in FOLDER/build.log.

# What build_in builds; all where it is empty.
targets=()

# show_progress: reads ninja's lines; on a terminal shows the last one's count.
show_progress ()
{
  local line

  while IFS= read -r line; do
    if [[ -t 2 && $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      printf '\rBuilding: %d of %d ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
    fi
  done
  if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# configure_in FOLDER [MESON-OPTION...]: once, and again with other options, and when programs
# appeared that the tests use where they are there.
configure_in ()
{
  local folder=$1 configuration
  local -a again=()

  shift
  configuration="$* $(command -v xvfb-run dbus-run-session desktop-file-validate appstreamcli || :)"
  if [[ -f $folder/build.ninja ]]; then
    if [[ -f $folder/configuration && $(< "$folder/configuration") == "$configuration" ]]; then
      return 0
    fi
    again=(--reconfigure)
  fi
  meson setup "${again[@]}" "$folder" "$@" || return 1
  printf '%s\n' "$configuration" > "$folder/configuration"
}

# build_in FOLDER [MESON-OPTION...]: builds what changed.  $jobs limits ninja if it is set; of
# $targets, an array that a caller may have, it builds only those.
build_in ()
{
  local folder=$1 log=$1/build.log
  local -a limit=()

  shift
  if [[ -n ${jobs-} ]]; then limit=(-j "$jobs"); fi
  mkdir -p "$folder"
  if ! configure_in "$folder" "$@" &> "$log"; then
    cat "$log" >&2
    printf 'Configuring failed; see also %s/meson-logs/meson-log.txt\n' "$folder" >&2
    return 1
  fi
  if ! ninja -C "$folder" "${limit[@]}" "${targets[@]}" 2>&1 | tee "$log" | show_progress; then
    # Without the lines of what went well.
    grep -vE '^\[[0-9]+/[0-9]+\] |^ninja: Entering' "$log" >&2
    printf 'Building failed; the whole log is %s\n' "$log" >&2
    return 1
  fi
}
