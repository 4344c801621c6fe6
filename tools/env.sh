#!/bin/sh
# Makes the virtual environment with the `sanzi` command. Called by make:
#   tools/env.sh runtime|dev FOLDER
# Everything is installed from a lock with hashes; uv does it when it is on PATH, else pip.
set -eu

kind=$1
venv=$2
case $kind in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "usage: tools/env.sh runtime|dev FOLDER" >&2; exit 2 ;;
esac

say() { echo "==> $*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

python_fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

# A name may stand on PATH and still not run (shims, the Windows store): each is tried.
find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if python_fits "$name"; then echo "$name"; return; fi
    done
    fail "Sanzi needs Python 3.11, 3.12 or 3.13, and none was found as: ${PYTHON:-python3, python3.13, python3.12, python3.11}.
Install one (Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12),
or name it: make PYTHON=/path/to/python3.12 env"
}

make_venv() {
    python=$(find_python)
    say "$venv: $("$python" --version) ($python)"
    if command -v uv >/dev/null 2>&1; then
        UV_PYTHON_DOWNLOADS=never uv venv -q --clear --python "$python" "$venv"
        return
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python cannot make virtual environments: its venv or ensurepip module is missing.
Debian and Ubuntu keep them in a package of their own: apt install python3-venv
(then run the same command again)"
    "$python" -m venv --clear "$venv"
}

install() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install -q --python "$venv/bin/python" "$@"
    else
        "$venv/bin/python" -m pip --disable-pip-version-check install -q --no-input "$@"
    fi
}

# A folder that was moved, or whose Python is gone, is made anew.
python_fits "$venv/bin/python" && { command -v uv >/dev/null 2>&1 || "$venv/bin/python" -m pip --version >/dev/null 2>&1; } || make_venv

say "installing $(grep -c '==' "$lock") packages from $lock (a minute the first time)"
install --require-hashes -r "$lock"
install --no-deps --no-build-isolation -e .
[ "$kind" = dev ] && touch "$venv/.dev"
touch "$venv/.runtime"
say "ready: $venv/bin/sanzi"
