"""Executes the notebooks into HTML pages, or opens copies of them in Jupyter. Called by run.sh, which finds a Python for it."""

import argparse
import os
import pathlib
import re
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "target"
CELL_SECONDS = 120


def arguments():
    parser = argparse.ArgumentParser(
        prog="fizeau notebooks",
        description="Executes the notebooks on run folders: the committed reference runs, or yours.",
        epilog="Exit status: 0; 1 if a notebook failed; 2 for bad input.",
    )
    parser.add_argument(
        "what",
        nargs="*",
        metavar="NOTEBOOK|RUN",
        help="notebooks by name or by number (02), all if none is named; and run folders, by path or by name",
    )
    parser.add_argument("--runs", metavar="DIR", help="a folder of run folders, such as results/runs")
    parser.add_argument("--figures", metavar="DIR", help="keep the figures that the docs show as SVG files there")
    parser.add_argument("--out", metavar="DIR", default=TARGET, help="where the pages go (default: notebooks/target)")
    parser.add_argument("--open", action="store_true", help="start Jupyter on copies of the notebooks")
    return parser.parse_args()


def fail(message):
    print(f"fizeau notebooks: {message}", file=sys.stderr)
    sys.exit(2)


def sort_out(what):
    """Tells notebooks from runs; whatever is neither ends the program."""
    import fizeau

    notebooks, runs = [], []
    there = sorted(HERE.glob("[0-9]*.ipynb"))
    for each in what:
        stem = pathlib.Path(each).name.removesuffix(".ipynb")
        named = [n for n in there if n.stem == stem or (stem.isdigit() and n.stem.startswith(f"{int(stem):02d}_"))]
        if named:
            notebooks += named
            continue
        try:
            runs += fizeau.folders(each)
        except fizeau.Missing as wrong:
            names = ", ".join(n.stem for n in there)
            fail(f"'{each}' is neither a notebook ({names}) nor a run: {wrong}")
    return notebooks or there, runs


def failing_cell(error, notebook):
    """What a cell said, without colours and without the frames of what it called."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    lines = text.strip().splitlines()
    cell = next((c for c in notebook.cells if any(o.output_type == "error" for o in c.get("outputs", []))), None)
    number = notebook.cells.index(cell) + 1 if cell else "?"
    return f"cell {number} of {len(notebook.cells)} failed:\n" + "\n".join(f"    {line}" for line in lines[-25:])


def execute(path, out):
    """Returns what is wrong with a notebook: None if nothing, else (True, why) if it only lacks runs."""
    import nbclient
    import nbconvert
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}
    )
    problem = None
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        if error.ename == "Missing":
            return True, error.evalue
        problem = False, failing_cell(error, notebook)
    except nbclient.exceptions.CellTimeoutError:
        problem = False, f"a cell took longer than {CELL_SECONDS} s"
    # No script from elsewhere: a page opens without a network.
    exporter = nbconvert.HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": path.stem}})
    (out / f"{path.stem}.html").write_text(re.sub(r'<script src=""></script>\s*', "", page))
    return problem


def exported():
    """Once for all notebooks; what is wrong with the runs is said here."""
    import fizeau

    try:
        return fizeau.export(fizeau.folders())
    except (fizeau.Missing, RuntimeError) as wrong:
        fail(str(wrong))


def open_copies(notebooks):
    """Starts Jupyter on copies, so that what a user tries does not end up in git."""
    copies = TARGET / "open"
    copies.mkdir(parents=True, exist_ok=True)
    for notebook in notebooks:
        if not (copies / notebook.name).exists():
            shutil.copy(notebook, copies)
    module = "jupyterlab" if _has("jupyterlab") else "notebook"
    if not _has(module):
        fail("Jupyter's own pages are missing: apt install jupyter-notebook (or pip install notebook)")
    print(f"fizeau notebooks: copies in {copies}; Ctrl-C ends Jupyter", file=sys.stderr)
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    os.execv(sys.executable, [sys.executable, "-m", module, f"--notebook-dir={copies}", *root])


def _has(module):
    import importlib.util

    return importlib.util.find_spec(module) is not None


def main():
    asked = arguments()
    os.environ.setdefault("MPLBACKEND", "agg")
    notebooks, runs = sort_out(asked.what)
    if asked.runs:
        if not pathlib.Path(asked.runs).is_dir():
            fail(f"--runs {asked.runs}: there is no such folder")
        runs.append(pathlib.Path(asked.runs).resolve())
    if runs:
        os.environ["FIZEAU_RUNS"] = os.pathsep.join(str(pathlib.Path(r).resolve()) for r in runs)
    if asked.figures:
        os.environ["FIZEAU_FIGURES"] = str(pathlib.Path(asked.figures).resolve())
    if asked.open:
        del os.environ["MPLBACKEND"]
        open_copies(notebooks)
    del os.environ["MPLBACKEND"]
    out = pathlib.Path(asked.out)
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    os.environ["FIZEAU_EXPORTED"] = exported()
    for number, notebook in enumerate(notebooks, 1):
        print(f"[{number}/{len(notebooks)}] {notebook.stem} ... ", end="", flush=True)
        start = time.monotonic()
        problem = execute(notebook, out)
        seconds = time.monotonic() - start
        if problem is None:
            print(f"{seconds:.0f} s, {out / (notebook.stem + '.html')}", flush=True)
        elif problem[0] and runs:
            # The user's runs need not hold what each notebook is about.
            print(f"SKIPPED: {problem[1]}", flush=True)
        else:
            failed += 1
            print(f"FAILED: {problem[1]}", flush=True)
    if failed:
        print(f"fizeau notebooks: {failed} of {len(notebooks)} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
