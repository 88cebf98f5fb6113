#!/bin/sh
# Executes the notebooks into pages, or opens them: what ./fizeau notebooks calls. See run.sh --help.
set -u

# The tree, also when called through a link.
HERE=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0" 2>/dev/null || printf '%s' "$0")")" && pwd -P) || exit 2
NEEDS='ipykernel, matplotlib, nbclient, nbconvert, nbformat, pandas'
DEBIAN='apt install jupyter-notebook jupyter-nbconvert python3-nbconvert python3-nbclient python3-ipykernel python3-pandas python3-matplotlib'

say() { printf '%s\n' "fizeau notebooks: $*" >&2; }

# The first Python that has all of it; on Debian that is the system's own, which need not be the first on the path.
python=''
for candidate in "${FIZEAU_PYTHON:-}" python3 /usr/bin/python3; do
    [ -n "$candidate" ] || continue
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "import $NEEDS" >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
case " $* " in *' --help '* | *' -h '*) [ -n "$python" ] || python=python3 ;; esac
if [ -z "$python" ]; then
    say "no Python here has $NEEDS: $DEBIAN (or pip install -r $HERE/requirements.txt)"
    exit 2
fi

# Quiets a warning of the debugger that Jupyter loads.
PYDEVD_DISABLE_FILE_VALIDATION=1
FIZEAU_HOME=$(dirname "$HERE")
PYTHONPATH=$HERE${PYTHONPATH:+:$PYTHONPATH}
PYTHONDONTWRITEBYTECODE=1
export PYDEVD_DISABLE_FILE_VALIDATION FIZEAU_HOME PYTHONPATH PYTHONDONTWRITEBYTECODE
exec "$python" "$HERE/run.py" "$@"
