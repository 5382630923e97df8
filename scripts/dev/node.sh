# Node.js for the AWS SDK for JavaScript, which wants a newer one than Debian 12 has.

readonly NODE=20.20.2

has_node() { [[ "$("$1" --version 2>/dev/null)" =~ ^v([0-9]+)\. ]] && ((BASH_REMATCH[1] >= ${NODE%%.*})); }

# prepare_node: puts a directory with a new enough `node` first on the PATH, unless it has one: npm's package `node` under
# .venv/, and Debian's npm to get it. An error, with a notice, where they are not to be had.
prepare_node() {
    local home="$PWD/.venv/node"
    if ! command -v npm >/dev/null; then
        (ensure_packages npm) || { say "no npm: without it nothing brings the AWS SDK for JavaScript"; return 1; }
    fi
    has_node node && return
    PATH="$home/node_modules/.bin:$PATH"
    if [[ "$(node --version)" != "v$NODE" ]]; then
        say "getting Node.js $NODE into .venv/node"
        npm install --prefix "$home" --silent --no-audit --no-fund --no-save "node@$NODE" >&2 || {
            say "npm could not get it (its own words stand above)"
            return 1
        }
    fi
    hash -r
    has_node node
}
