# The test run: phases one after another, each counted, a failed one never hides the next.

passed=0 failed=0 skipped=0
declare -a summary=()

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

# Adds up the totals of a JUnit file (pytest and ctest both write one).
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

# run_pytest NAME PYTHON DIRECTORY [ARGUMENT...]
run_pytest() {
    local name="$1" python="$2" directory="$3" status=0
    shift 3
    local report="$PWD/build/reports/$name.xml"
    mkdir -p "${report%/*}"
    rm -f "$report"
    (cd "$directory" && "$python" -m pytest -q --junit-xml="$report" "$@") || status=$?
    count_junit "$report" || status=1
    return "$status"
}

check_layers() { "$PYTHON" tools/check_layers.py && count 1 0 0; }

test_tools() {
    local python
    python="$(python_of tools tools/requirements.txt pytest==9.2.0)" || return
    run_pytest tools "$python" tests/tools -p no:cacheprovider
}

test_units() {
    build_preset dev || return
    local report="$PWD/build/reports/units.xml" status=0
    mkdir -p "${report%/*}"
    rm -f "$report"
    ctest --test-dir build/dev --parallel "$JOBS" --output-on-failure --no-tests=error --quiet \
        --output-junit "$report" >&2 || status=$?
    count_junit "$report" || status=1
    ((status == 0)) || report_failures "$report"
    return "$status"
}

# What ctest --quiet keeps to itself: the output of the tests that failed.
report_failures() {
    [[ -s "$1" ]] || return 0
    "$PYTHON" - "$1" >&2 <<'PY'
import sys
import xml.etree.ElementTree as tree

for case in tree.parse(sys.argv[1]).getroot().iter("testcase"):
    if case.get("status") == "fail" or case.find("failure") is not None:
        print(f"FAILED {case.get('name')}\n{case.findtext('system-out') or ''}")
PY
}

verify_headers() { build_preset dev all_verify_interface_header_sets && count 1 0 0; }

test_release() {
    build_release || return
    "./$RELEASE" version && count 1 0 0
}

# python_suite NAME BINARY [PYTEST_ARGUMENT...]: a directory of tests/ against a program.
python_suite() {
    local name="$1" binary="$PWD/$2" python
    shift 2
    [[ -x "$binary" ]] || { say "no program at $binary"; return 1; }
    python="$(python_of "$name" "tests/$name/requirements.txt" --no-deps)" || return
    PIPELINES_LOCAL_BINARY="$binary" run_pytest "${REPORT:-$name}" "$python" "tests/$name" "$@"
}

test_boto3() { python_suite sdk build/dev/pipelines-local; }
# The shipped program is another build (static, optimised): the main line of the API is asked of it once more.
smoke_release() { REPORT=sdk-release python_suite sdk "$RELEASE" test_program.py test_pipelines.py test_executions.py; }
test_sdk_v2() { python_suite sdk_v2 build/dev/pipelines-local; }
test_sdk_v3() { python_suite sdk_v3 build/dev/pipelines-local; }

# Without Node.js and npm the CLI is asked all the same, and the test of the SDK for JavaScript says that it is skipped.
test_clients() {
    local lock=tests/clients/package-lock.json
    if prepare_node && [[ ! tests/clients/node_modules/.package-lock.json -nt "$lock" ]]; then
        (cd tests/clients && npm ci --silent --no-audit --no-fund >&2) || return
    fi
    python_suite clients build/dev/pipelines-local
}

test_docker() {
    if ! docker info >/dev/null 2>&1; then
        say "skipped: no Docker daemon is reachable, so the image is neither built nor asked"
        count 0 0 1
        return
    fi
    local python
    python="$(python_of sdk tests/sdk/requirements.txt --no-deps)" || return
    run_pytest docker "$python" tests/docker
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
        phase "boto3 against the release program" smoke_release
        phase "SageMaker SDK v2" test_sdk_v2
        phase "SageMaker SDK v3" test_sdk_v3
        phase "AWS CLI, AWS SDK for JavaScript" test_clients
        phase "Docker image" test_docker
    fi
    printf '\n'
    printf '%s\n' "${summary[@]}" "total $SECONDS s" ''
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0))
}
