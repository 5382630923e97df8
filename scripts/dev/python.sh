# Python environments: one a requirements file, under .venv/, made anew only when the file changes.

# Debian's own, of a known version; whatever else is first on the PATH may lack venv.
readonly PYTHON=/usr/bin/python3

# python_of NAME REQUIREMENTS [PIP_OPTION...]: prints the interpreter of the environment, which it makes if need be.
python_of() {
    local name="$1" requirements="$2" base="$PYTHON" directory stamp
    shift 2
    [[ -x "$base" ]] || base="$(command -v python3)" || die "no python3 found"
    directory="$PWD/.venv/$name"
    stamp="$(printf '%s\n' "$("$base" --version)" "$*" | cat - "$requirements" | sha256sum | cut -d' ' -f1)"
    if [[ ! -f "$directory/made-from" || "$(cat "$directory/made-from")" != "$stamp" ]]; then
        say "making the Python environment .venv/$name from $requirements"
        rm -rf "$directory"
        "$base" -m venv "$directory" >&2
        "$directory/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile "$@" -r "$requirements" >&2 ||
            die "pip could not install $requirements (its own words stand above)"
        printf '%s\n' "$stamp" >"$directory/made-from"
    fi
    printf '%s\n' "$directory/bin/python"
}
