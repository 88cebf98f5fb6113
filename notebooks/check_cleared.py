"""Fails if a notebook in git holds outputs, or what else makes two people's copies differ. Needs nothing but Python."""

import json
import pathlib
import sys

LONGEST_LINE = 100


def problems(path):
    """What is wrong with one notebook, a line each."""
    notebook = json.loads(path.read_text())
    if notebook.get("metadata", {}).get("kernelspec", {}).get("name") != "python3":
        yield "its kernelspec is not python3"
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        if cell.get("outputs"):
            yield f"cell {number} has outputs"
        if cell.get("execution_count") is not None:
            yield f"cell {number} has an execution count"
        for line in "".join(cell["source"]).splitlines():
            if len(line) >= LONGEST_LINE:
                yield f"cell {number} has a line of {len(line)} characters; HTML clips what is longer than {LONGEST_LINE}"


def main():
    here = pathlib.Path(__file__).resolve().parent
    notebooks = [pathlib.Path(p) for p in sys.argv[1:]] or sorted(here.glob("*.ipynb"))
    found = [f"{path.name}: {problem}" for path in notebooks for problem in problems(path)]
    for line in found:
        print(line, file=sys.stderr)
    if found:
        print("clear them: jupyter nbconvert --clear-output --inplace notebooks/*.ipynb", file=sys.stderr)
        return 1
    print(f"{len(notebooks)} notebooks, outputs cleared")
    return 0


if __name__ == "__main__":
    sys.exit(main())
