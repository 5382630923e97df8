# Builds: one directory a preset, configured once.

# build_preset PRESET [TARGET...]
build_preset() {
    local preset="$1"
    shift
    local targets=()
    (($#)) && targets=(--target "$@")
    # Configured again each time: it takes a second, and globs, options and packages may have changed.
    cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log" >&2; rm -f "build-$preset.log"; return 1; }
    rm -f "build-$preset.log"
    cmake --build "build/$preset" --parallel "$JOBS" "${targets[@]}" >&2
}

build_release() {
    ensure_packages "${BUILD_PACKAGES[@]}"
    say "building $RELEASE (static, optimised)"
    build_preset release || return
    say "$RELEASE: $(stat -c %s "$RELEASE") bytes"
}

run_bench() {
    ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    [[ -x bench/run ]] || die "bench/run is missing"
    say "building the server and the programs it is measured against"
    build_preset bench || die "the build failed"
    say "measuring"
    if [[ "${1:-}" == search ]]; then exec bench/search "${@:2}"; fi
    exec bench/run --no-build "$@"
}

format_sources() {
    ensure_packages "${FORMAT_PACKAGES[@]}"
    say "formatting include/, src/, tests/ and bench/"
    find include src tests bench -type d -name generated -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
        xargs -0 clang-format-16 -i
}
