# The fuzz target of Search: built with clang, run on a copy of the committed corpus.

# run_fuzz [RUNS]
run_fuzz() {
    local runs="${1:-1000000}" target=build/fuzz/tests/fuzz/search_expression_fuzz seeds=tests/fuzz/corpus/search
    local work=build/fuzz/search log start elapsed
    [[ "$runs" =~ ^[1-9][0-9]*$ ]] && (($# <= 1)) || die "fuzz takes a number of runs or nothing, not '$*'"
    ensure_packages "${BUILD_PACKAGES[@]}" "${FUZZ_PACKAGES[@]}"
    say "building the fuzz target"
    build_preset fuzz search_expression_fuzz || die "the build failed"
    rm -rf "$work"
    mkdir -p "$work"
    cp -r "$seeds" "$work/corpus"
    log="$work/log"
    say "$runs runs (all of it: $log)"
    start=$(date +%s%N)
    if ! "$target" -runs="$runs" -max_len=2048 -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
        -dict=tests/fuzz/search.dict -artifact_prefix="$work/" "$work/corpus" >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        die "FINDING: the input is $(ls "$work"/{crash,leak,timeout,oom}-* 2>/dev/null | head -n 1)"
    fi
    elapsed=$((($(date +%s%N) - start) / 1000000))
    grep -w DONE "$log" >&2
    printf '%d runs in %d s, %d a second: no finding\n' "$runs" $((elapsed / 1000)) $((runs * 1000 / (elapsed + 1)))
}
