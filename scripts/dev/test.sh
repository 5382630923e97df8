# The test run: phases one after another, each counted, a failed one never hides the next.

passed=0 failed=0 skipped=0
declare -a summary=()
readonly SANITIZED=build/dev/pipelines-local

count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }

# phase TITLE FUNCTION: runs it, prints how long it took. The function counts what it ran; if it ends with an error
# without having counted a failure, the phase itself is one.
phase() {
    local title="$1" function="$2" before=$failed start=$SECONDS verdict=passed
    say "$title"
    "$function" || { ((failed > before)) || count 0 1 0; }
    ((failed == before)) || verdict=FAILED
    summary+=("$(printf '%-44s %-7s %4d s' "$title" "$verdict" $((SECONDS - start)))")
}

# Adds up the totals of a JUnit file (pytest and GoogleTest both write one).
count_junit() {
    [[ -s "$1" ]] || return 1
    local totals
    totals="$("$PYTHON" - "$1" <<'PY'
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
suites = [root] if root.tag == "testsuite" else root.findall("testsuite")
total = {name: sum(int(suite.get(name) or 0) for suite in suites)
         for name in ("tests", "failures", "errors", "skipped", "disabled")}
failed, skipped = total["failures"] + total["errors"], total["skipped"] + total["disabled"]
print(total["tests"] - failed - skipped, failed, skipped)
PY
)" || return 1
    # shellcheck disable=SC2086  # three numbers
    count $totals
}

# run_pytest NAME PYTHON DIRECTORY [ARGUMENT...]: what it found stands in build/reports/NAME.xml.
run_pytest() {
    local report="$PWD/build/reports/$1.xml" python="$2" directory="$3"
    shift 3
    mkdir -p "${report%/*}"
    rm -f "$report"
    (cd "$directory" && "$python" -m pytest -q --junit-xml="$report" "$@")
}

# counted NAME COMMAND...: the command, a test run that reports under that name, and the sum of what it found.
counted() {
    local name="$1" status=0
    shift
    "$@" || status=$?
    count_junit "build/reports/$name.xml" || status=1
    return "$status"
}

check_layers() { "$PYTHON" tools/check_layers.py && count 1 0 0; }

test_tools() {
    local python
    python="$(python_of tools tools/requirements.txt pytest==9.2.0)" || return
    counted tools run_pytest tools "$python" tests/tools -p no:cacheprovider
}

test_units() {
    build_preset dev || return
    local report status=0
    rm -rf build/dev/reports
    ctest --test-dir build/dev --parallel "$JOBS" --output-on-failure --no-tests=error >&2 || status=$?
    for report in build/dev/reports/*.xml; do count_junit "$report" || status=1; done
    return "$status"
}

# Without the precompiled header that hides what a header forgets to include.
verify_headers() {
    find include -name '*.hpp' -printf '%P\0' |
        xargs -0 --max-args 1 --max-procs "$JOBS" g++ -std=c++20 -fsyntax-only -Iinclude -x c++ /dev/null -include && count 1 0 0
}

test_release() {
    build_release || return
    "./$RELEASE" version && count 1 0 0
}

# The same runs as among the unit tests and four times as many more, which under the sanitizers would take minutes.
test_random_runs() {
    local report="$PWD/build/reports/random_runs.xml"
    rm -f "$report"
    cmake -DPIPELINES_RANDOM_RUNS=ON build/release >&2 && cmake --build build/release --parallel "$JOBS" --target random_runs >&2 ||
        return
    counted random_runs env PIPELINES_BLOCKS=20 build/release/tests/unit/engine/random_runs --gtest_brief=1 --gtest_output="xml:$report"
}

# python_suite NAME REPORT BINARY [PYTEST_ARGUMENT...]: a directory of tests/ against a program.
python_suite() {
    local name="$1" report="$2" binary="$PWD/$3" python
    shift 3
    [[ -x "$binary" ]] || { say "no program at $binary"; return 1; }
    python="$(python_of "$name" "tests/$name/requirements.txt" --no-deps)" || return
    PIPELINES_LOCAL_BINARY="$binary" run_pytest "$report" "$python" "tests/$name" "$@"
}

# A test waits for the server, and the server for a test, and a fifth of the time for neither: one more than there are
# cores uses them.
test_boto3() { counted sdk python_suite sdk sdk "$SANITIZED" --numprocesses "$((JOBS + 1))" --dist worksteal; }
# The shipped program is another build (static, optimised): the main line of the API is asked of it once more.
smoke_release() {
    counted sdk-release python_suite sdk sdk-release "$RELEASE" test_program.py test_pipelines.py test_executions.py
}
# Beside each other, not each spread over the cores: to import an SDK takes as long as its tests.
test_sagemaker_sdks() {
    local status=0
    python_suite sdk_v2 sdk_v2 "$SANITIZED" &
    python_suite sdk_v3 sdk_v3 "$SANITIZED" || status=$?
    wait $! || status=$?
    count_junit build/reports/sdk_v2.xml || status=1
    count_junit build/reports/sdk_v3.xml || status=1
    return "$status"
}

# Without Node.js and npm the CLI is asked all the same, and the test of the SDK for JavaScript says that it is skipped.
test_clients() {
    local lock=tests/clients/package-lock.json
    if prepare_node && [[ ! tests/clients/node_modules/.package-lock.json -nt "$lock" ]]; then
        (cd tests/clients && npm ci --silent --no-audit --no-fund >&2) || return
    fi
    counted clients python_suite clients clients "$SANITIZED"
}

test_docker() {
    if ! docker info >/dev/null 2>&1; then
        say "skipped: no Docker daemon is reachable, so the image is neither built nor asked"
        count 0 0 1
        return
    fi
    local python
    python="$(python_of sdk tests/sdk/requirements.txt --no-deps)" || return
    counted docker run_pytest docker "$python" tests/docker
}

run_tests() {
    local fast=no
    [[ "${1:-}" == --fast ]] && { fast=yes; shift; }
    (($# == 0)) || die "test takes --fast or nothing, not '$1'"
    ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    # Phases run as conditions, where `set -e` does not act: each function says itself what it cannot go on without.
    phase "layering" check_layers
    phase "build with sanitizers, unit tests" test_units
    phase "boto3 against the sanitized program" test_boto3
    if [[ $fast == no ]]; then
        phase "tools and generated API model" test_tools
        phase "every header compiles alone" verify_headers
        phase "release build" test_release
        phase "random engine runs, optimised" test_random_runs
        phase "boto3 against the release program" smoke_release
        phase "SageMaker SDK v2, v3" test_sagemaker_sdks
        phase "AWS CLI, AWS SDK for JavaScript" test_clients
        phase "Docker image" test_docker
    fi
    printf '\n'
    printf '%s\n' "${summary[@]}" "total $SECONDS s" ''
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0))
}
