# Debian packages: what is missing, and getting it.

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || printf '%s\n' "$package"
    done
}

is_debian_12() { [[ -r /etc/os-release ]] && (. /etc/os-release && [[ "${ID:-}" == debian && "${VERSION_ID:-}" == 12 ]]); }

# ensure_packages NAME...: installs those that are missing, or says why it cannot.
ensure_packages() {
    if ! is_debian_12; then
        [[ -n "${PIPELINES_OTHER_SYSTEM:-}" ]] && return
        die "this is not Debian 12, where the build is known to work. Install what these packages hold, then set
    PIPELINES_OTHER_SYSTEM=1 and try again (or use docker/Dockerfile): $*"
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "these packages are missing, and this is neither root nor is there sudo. As root:
    apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing Debian packages: ${missing[*]}"
    local get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
    "${get[@]}" update >&2 || say "apt-get update failed; trying with the package lists there are"
    "${get[@]}" install -y --no-install-recommends "${missing[@]}" >&2 ||
        die "apt-get could not install them (its own words stand above)"
}
