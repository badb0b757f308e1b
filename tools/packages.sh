# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What Atelier needs from the system, and how it gets there.  Sourced by ./run and ./check.
#
# The lists name Debian's packages, each with its reason, because both commands say what they
# install and why.  One question to dpkg tells what is missing, so where nothing is missing this
# costs no time, asks for no password and does not touch the network.  On a system without apt
# nothing can be installed by itself: there the list is printed, and all goes on if the libraries
# are there.

# To build the window and the command line, and to open them.
run_packages='
  gcc                     the C compiler
  libc6-dev               the C library, to build against
  meson                   describes the build
  ninja-build             runs the build
  pkg-config              finds the libraries
  gettext                 translations
  desktop-file-utils      tells the desktop about the program
  shared-mime-info        tells the desktop what a model file is
  libxml2-utils           packs the descriptions of the window
  libgtk-4-dev            the window
  libgtk-4-bin            tells the desktop about the icon
  libadwaita-1-dev        the window: its style
  libjson-glib-dev        networks and models as JSON
  libgdk-pixbuf-2.0-dev   opens pictures
  libcairo2-dev           draws charts
  libpango1.0-dev         draws text
  zlib1g-dev              opens packed data sets
  libsqlite3-dev          the library of runs
  librsvg2-common         draws icons
  adwaita-icon-theme      the icons
  fonts-cantarell         the typeface
'

# To test them as well.
check_packages='
  python3                 small helpers of the tests
  xvfb                    a display without a screen
  xauth                   lets the tests onto that display
  dbus                    a session bus for the tests
  at-spi2-core            what screen readers talk to
  xdotool                 moves the pointer in tests
  locales                 a decimal comma in tests
  x11-xkb-utils           keyboards of other countries in tests
  poppler-utils           reads exported PDF files
  appstream               checks what software centres show
  libglib2.0-bin          asks the desktop what a model file is
'

# All works without these, only less of it.
optional_packages='
  dataset-fashion-mnist  70,000 pictures of garments to train on; without them Atelier draws its own
  webp-pixbuf-loader     opens WebP pictures
'
optional_check_packages='
  clang                   the fuzzers; without it they only repeat what they know
  libclang-rt-dev         the fuzzers: their library
'
# For the suite cross alone.
optional_cross_packages='
  gcc-aarch64-linux-gnu   builds the engine for Arm; without it the suite cross is skipped
  libc6-dev-arm64-cross   the C library for Arm
  qemu-user-static        runs programs for Arm
'

say ()
{
  printf '%s\n' "$*" >&2
}

# print_packages_of NAME...: the lines of the lists that name these packages.
print_packages_of ()
{
  local package reason
  local lists=$run_packages$check_packages$optional_packages$optional_check_packages
  local -A wanted=()

  lists+=$optional_cross_packages
  for package in "$@"; do wanted[$package]=1; done
  while read -r package reason; do
    if [[ -n $package && -n ${wanted[$package]-} ]]; then
      printf '  %-23s %s\n' "$package" "$reason" >&2
    fi
  done <<< "$lists"
}

# names_in LIST: the first word of each line.
names_in ()
{
  local package reason

  while read -r package reason; do
    if [[ -n $package ]]; then printf '%s\n' "$package"; fi
  done <<< "$1"
}

# find_missing NAME...: those that dpkg does not call installed.
find_missing ()
{
  local package state
  local -A installed=()

  while read -r state package; do
    if [[ $state == ?i* ]]; then installed[$package]=1; fi
  done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2> /dev/null)
  for package in "$@"; do
    if [[ -z ${installed[$package]-} ]]; then printf '%s\n' "$package"; fi
  done
}

# has_libraries: whether a build can work, however its needs came here.
has_libraries ()
{
  local program

  for program in cc meson ninja pkg-config msgfmt; do
    command -v "$program" > /dev/null || { say "$program is not there."; return 1; }
  done
  pkg-config --print-errors --exists \
    'gtk4 >= 4.8' 'libadwaita-1 >= 1.2' 'glib-2.0 >= 2.74' json-glib-1.0 gdk-pixbuf-2.0 \
    cairo pangocairo zlib sqlite3 >&2
}

# apt_install NAME...: as root, or with sudo; without either it says what to type.
apt_install ()
{
  local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  local -a known=()
  local package

  if ((EUID != 0)); then
    if ! command -v sudo > /dev/null; then
      say "Only root can install them, and sudo is not there.  As root:  apt-get install $*"
      return 1
    fi
    say 'sudo may ask for your password.'
    apt=(sudo "${apt[@]}")
  fi
  "${apt[@]}" -q=2 update >&2 \
    || say 'The list of packages could not be updated; going on with the old one.'
  for package in "$@"; do
    if [[ -n $(apt-cache show --no-all-versions "$package" 2> /dev/null) ]]; then
      known+=("$package")
    else
      say "This system has no package $package."
    fi
  done
  ((${#known[@]} == 0)) || "${apt[@]}" install -y --no-install-recommends "${known[@]}" >&2
}

# print_stranger NAME...: what a system without apt gets to read.
print_stranger ()
{
  say 'Packages are installed by themselves only where there is apt.  Under their Debian' \
    'names, Atelier needs:'
  print_packages_of "$@"
}

# ensure_packages run|check|cross yes|no: whether all that is needed is there, after installing what
# was missing if "yes".
ensure_packages ()
{
  local for_what=$1 may_install=$2
  local lists=$run_packages$optional_packages
  local -a names missing

  if [[ $for_what != run ]]; then lists+=$check_packages$optional_check_packages; fi
  if [[ $for_what == cross ]]; then lists+=$optional_cross_packages; fi
  mapfile -t names < <(names_in "$lists")

  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
    print_stranger "${names[@]}"
    has_libraries || return 1
    say 'What a build needs is there; going on.'
    return 0
  fi

  mapfile -t missing < <(find_missing "${names[@]}")
  ((${#missing[@]} > 0)) || return 0

  say 'Atelier uses these packages, which are not installed here:'
  print_packages_of "${missing[@]}"
  if [[ $may_install == yes ]]; then
    say 'Installing them with apt-get.'
    apt_install "${missing[@]}" || say 'Not all of them could be installed.'
    mapfile -t missing < <(find_missing "${missing[@]}")
    ((${#missing[@]} > 0)) || return 0
  fi
  has_libraries || return 1
  say "Going on without: ${missing[*]}"
}
