"""Loads Fizeau's run folders into pandas, and draws figures in one style.

Every number comes from ``./fizeau export`` and ``./fizeau compare``: what a fork's p99 is, whether a row is valid and what a
comparison says is decided there, and nothing of it is computed a second time here. What this module adds is the drawing:
one point or line for each row, with the range over its forks, and invalid rows marked as such.

Which runs: those named to ``load``, else those in the environment variable FIZEAU_RUNS (a folder of run folders, or
several run folders with a colon between them), else ``results/reference`` of the tree that this file lies in.
"""

import atexit
import dataclasses
import io
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import zlib

import matplotlib.pyplot as plt
import matplotlib.ticker as ticker
import numpy as np
import pandas as pd

HOME = pathlib.Path(os.environ.get("FIZEAU_HOME", pathlib.Path(__file__).resolve().parent.parent))
REFERENCE = HOME / "results" / "reference"

_DASHES = ["-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 2, 1, 2))]
_MARKERS = ["o", "s", "^", "D", "v", "P", "X", "<", ">", "h", "*"]


class Missing(Exception):
    """The runs at hand do not hold what a notebook is about. The message says which command makes it."""


@dataclasses.dataclass
class Data:
    """What the run folders hold, as the tables that ``./fizeau export`` writes.

    The rate that a row offers is called ``offered`` here, so that it is not taken for the metric ``rate``.
    """

    runs: pd.DataFrame
    rows: pd.DataFrame
    forks: pd.DataFrame
    percentiles: pd.DataFrame
    edges: pd.DataFrame
    folders: dict

    def pick(self, benchmark, make, run=None, prefer=None):
        """The run to look at, which has rows of a benchmark: the one named, else the preferred one, else the newest.

        ``benchmark`` is a part of ``Class.method``. ``make`` is the command that would make such a run.
        """
        having = self.rows[self.rows.benchmark.str.contains(benchmark, regex=False)].run.unique()
        if run is not None and run not in having:
            raise Missing(f"{run} holds no {benchmark}; make such a run with: {make}")
        if len(having) == 0:
            raise Missing(f"none of the runs holds {benchmark}; make such a run with: {make}")
        if run is None and prefer in having:
            run = prefer
        if run is None:
            started = self.runs[self.runs.run.isin(having)].sort_values("started_at")
            run = started.run.iloc[-1]
        return run

    def about(self, run):
        """One line on where a run comes from."""
        r = self.runs[self.runs.run == run].iloc[0]
        short = "" if pd.isna(r.commit) else f", commit {str(r.commit)[:10]}"
        whole = "" if r.complete else f"; INCOMPLETE: {r.incomplete_reason}"
        return (
            f"{run}: {str(r.started_at)[:16].replace('T', ' ')} UTC, {r.cpu}, {r.processors:.0f} processors,"
            f" JDK {r.jdk}, {r.topology}{short}{whole}"
        )

    def of(self, run, benchmark, **equal):
        """The rows of a run that a benchmark measured; parameters can be asked for, such as ``mode="sample"``."""
        rows = self.rows[(self.rows.run == run) & self.rows.benchmark.str.contains(benchmark, regex=False)]
        for name, value in equal.items():
            rows = rows[rows[name] == value if name in rows else rows.params.map(lambda p: p.get(name)) == value]
        return rows

    def values(self, rows, metric):
        """One line for each fork of these rows that has a number for the metric."""
        wanted = rows[["run", "row"]]
        forks = self.forks[self.forks.metric == metric].merge(wanted, on=["run", "row"])
        return forks.dropna(subset=["value"])

    def summary(self, rows, *metrics):
        """The rows with, for each metric, the median over forks and the least and the most: m, m_low, m_high."""
        out = rows.copy()
        for metric in metrics:
            of_row = self.values(rows, metric).groupby(["run", "row"]).value
            spread = of_row.agg(["median", "min", "max"]).reset_index()
            spread.columns = ["run", "row", metric, f"{metric}_low", f"{metric}_high"]
            out = out.merge(spread, on=["run", "row"], how="left")
        return out

    def same_row(self, run, line):
        """The rows of a run that a line of ``compare`` is about."""
        rows = self.rows[(self.rows.run == run) & (self.rows.benchmark == line.benchmark)]
        params = json.loads(line.params)
        return rows[rows.params.map(lambda p: p == params)]

    def invalid(self, rows):
        """The reasons of those rows that are not valid, as a table to print below a figure."""
        bad = rows[~rows.valid]
        told = bad[["benchmark", "transport", "message_bytes", "offered", "impair", "reasons"]]
        told = told.replace("", np.nan).dropna(axis="columns", how="all").reset_index(drop=True)
        return left(told) if len(told) else "all rows of these figures are valid"


def left(table):
    """A table with its words at the left, where they can be read."""
    return table.style.hide(axis="index").set_properties(**{"text-align": "left"}).set_table_styles(
        [{"selector": "th", "props": [("text-align", "left")]}]
    ).format(lambda v: "" if pd.isna(v) else f"{v:g}" if isinstance(v, float) else v)


def _call(*arguments):
    command = [str(HOME / "fizeau"), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _said(done):
    return "\n".join([line for line in done.stderr.splitlines() if line.strip()][-5:])


def fizeau(*arguments):
    """Runs ./fizeau and returns what it prints. A mistake is raised with the line that it said."""
    done = _call(*arguments)
    if done.returncode not in (0, 1, 3):
        raise RuntimeError(_said(done) or f"./fizeau {arguments[0]} ended with {done.returncode}")
    return done.stdout


def folders(*named):
    """The run folders that are meant, in the order named."""
    given = list(named) or [p for p in os.environ.get("FIZEAU_RUNS", "").split(os.pathsep) if p]
    found = []
    for each in given or [REFERENCE]:
        path = pathlib.Path(each)
        if not path.exists():
            path = next((p for p in (REFERENCE / each, HOME / "results" / "runs" / each) if p.exists()), path)
        if (path / "manifest.json").exists() or path.is_file():
            found.append(path)
        elif path.is_dir():
            found += sorted(p.parent for p in path.glob("*/manifest.json"))
        else:
            raise Missing(f"there is no run folder {each}")
    if not found:
        raise Missing(f"no run folder in {', '.join(map(str, given))}: make one with ./fizeau run")
    return found


def load(*named):
    """Reads run folders, by path or by name, and returns their tables. A broken one is named, and left out."""
    paths = folders(*named)
    exported = os.environ.get("FIZEAU_EXPORTED")
    if named or not exported:
        exported = export(paths)
    return read(exported, {p.name: p for p in paths})


def export(paths):
    """Writes the tables of run folders to a folder that lives as long as this program, and returns it."""
    out = tempfile.mkdtemp(prefix="fizeau-notebook-")
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    done = _call("export", "--format", "csv", "--out", out, *paths)
    if not (pathlib.Path(out) / "runs.csv").exists():
        raise RuntimeError(_said(done) or f"./fizeau export ended with {done.returncode}")
    if done.returncode != 0:
        print(_said(done))
    return out


def read(directory, paths=None):
    """The tables of an export that is there already."""
    directory = pathlib.Path(directory)
    own = directory / "colours.json"
    if own.exists():
        _COLOURS.update(json.loads(own.read_text()))

    def table(name, **kinds):
        return pd.read_csv(directory / f"{name}.csv", dtype=kinds, keep_default_na=False, na_values=[""])

    text = {c: "string" for c in ("benchmark", "transport", "impair", "run")}
    rows = table("rows", params="string", reasons="string", remarks="string", regime="string", **text)
    rows = rows.rename(columns={"rate": "offered"})
    rows["params"] = rows.params.map(json.loads)
    rows["impair"] = rows.impair.fillna("")
    rows["reasons"] = rows.reasons.fillna("")
    forks = table("forks", metric="string", unit="string", **text)
    return Data(
        table("runs", run="string", label="string", incomplete_reason="string", commit="string", jdk="string"),
        rows,
        forks,
        table("percentiles", latency="string", **text),
        table("edges", state="string", why="string", **text),
        paths or {},
    )


def compare(base, candidate, *options):
    """What ``./fizeau compare`` says of two runs: one line for each row and metric."""
    out = fizeau("compare", folders(base)[0], folders(candidate)[0], "--format", "csv", *options)
    return pd.read_csv(io.StringIO(out), keep_default_na=False, na_values=[""])


def shown(run):
    """The table of ``./fizeau show`` for a run: ratios to the reference of each group, and verdicts."""
    out = fizeau("show", folders(run)[0], "--format", "csv")
    return pd.read_csv(io.StringIO(out), keep_default_na=False, na_values=[""])


# The style of the figures.

_COLOURS = {}
_own_colours = HOME / "results/src/main/resources/io/fizeau/results/report/colours.json"
if _own_colours.exists():
    _COLOURS.update(json.loads(_own_colours.read_text()))


def _family(transport):
    return str(transport).split("?")[0].split("+")[0]


def colour(transport):
    """The colour of a transport, the same in every figure. Options and layers share that of their transport."""
    family = _family(transport)
    if family in _COLOURS:
        return _COLOURS[family]
    others = _COLOURS["*"]  # by the same rule as in the report
    return others[zlib.crc32(family.encode()) % len(others)]


def look(transport, among=()):
    """Colour, dash and marker, so that figures can be told apart in black and white too."""
    families = sorted({_family(t) for t in among} | {_family(transport)})
    variants = sorted({t for t in among if _family(t) == _family(transport)} | {transport}, key=lambda t: (len(t), t))
    return {
        "color": colour(transport),
        "linestyle": _DASHES[variants.index(transport) % len(_DASHES)],
        "marker": _MARKERS[families.index(_family(transport)) % len(_MARKERS)],
    }


def style():
    """Sets matplotlib up: call it once, before the first figure."""
    plt.rcParams.update(
        {
            "figure.figsize": (7.2, 4.2),
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "grid.color": "#dddddd",
            "grid.linewidth": 0.6,
            "font.size": 10,
            "legend.frameon": False,
            "lines.linewidth": 1.6,
            "lines.markersize": 5,
            "svg.fonttype": "none",
            "svg.hashsalt": "fizeau",
        }
    )
    pd.set_option("display.max_colwidth", 120)
    pd.set_option("display.precision", 3)


_TIMES = [(1e9, "s"), (1e6, "ms"), (1e3, "us"), (1, "ns")]
_COUNTS = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")]


def _scaled(value, units):
    if value == 0:
        return "0"
    factor, unit = next(((f, u) for f, u in units if abs(value) >= f * 0.9999), units[-1])
    return f"{value / factor:.3g}{' ' if len(unit) > 1 or unit == 's' else ''}{unit}"


def time_text(ns):
    """A time in words: 8.3 us."""
    return _scaled(ns, _TIMES)


def count_text(value):
    """A number in short: 25k."""
    return _scaled(value, _COUNTS)


def _plain_log(axis, units):
    axis.set_major_locator(ticker.LogLocator(base=10, subs=(1.0,)))
    axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: _scaled(v, units)))
    axis.set_minor_formatter(ticker.NullFormatter())
    low, high = axis.get_view_interval()
    if high / low < 30:
        axis.set_major_locator(ticker.LogLocator(base=10, subs=(1.0, 2.0, 5.0)))


def time_axis(axis, label, log=True):
    """An axis of times in nanoseconds, its ticks written with their units. Call it when all is drawn."""
    if log:
        axis.axes.set_yscale("log") if axis.axis_name == "y" else axis.axes.set_xscale("log")
        _plain_log(axis, _TIMES)
    else:
        axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: _scaled(v, _TIMES)))
    axis.set_label_text(f"{label} (unit at each tick)" if label else "")


def count_axis(axis, label, log=True):
    """An axis of counts or rates; k and M are thousands and millions. Call it when all is drawn."""
    if log:
        axis.axes.set_yscale("log") if axis.axis_name == "y" else axis.axes.set_xscale("log")
        _plain_log(axis, _COUNTS)
    else:
        axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: _scaled(v, _COUNTS)))
    axis.set_label_text(label)


WIDEST_RATIO = 5.0


def ratio_axis(axis, label):
    """A log axis of ratios, as far as a factor of five either way: what reaches further says nothing. Call it last."""
    axis.axes.set_xscale("log")
    low, high = axis.get_view_interval()
    low, high = max(min(low, 0.9), 1 / WIDEST_RATIO), min(max(high, 1.1), WIDEST_RATIO)
    axis.axes.set_xlim(low, high)
    steps = [0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 5]
    if high / low > 3:
        steps = [0.2, 0.33, 0.5, 0.67, 1, 1.5, 2, 3, 5]
    axis.set_major_locator(ticker.FixedLocator([s for s in steps if low <= s <= high]))
    axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{v:g}"))
    axis.set_minor_locator(ticker.NullLocator())
    axis.set_label_text(label)


def ratio(ax, at, line, color, marker="o", filled=True):
    """A ratio with its 95 % interval at a height; an arrow where the interval leaves the figure."""
    low, high = 1 / WIDEST_RATIO, WIDEST_RATIO
    if line.ratio_low > 0 and line.ratio_high > 0:
        ax.plot([max(line.ratio_low, low), min(line.ratio_high, high)], [at, at], color=color, linewidth=2)
        for end, edge, arrow in ((line.ratio_low, low, "<"), (1 / line.ratio_high, 1 / high, ">")):
            if end < min(edge, 1 / edge):
                ax.plot([edge], [at], marker=arrow, color=color, clip_on=False)
    ax.plot([min(max(line.ratio, low), high)], [at], marker=marker, color=color, markersize=7,
            fillstyle="full" if filled else "none")


def sizes_axis(axis, sizes):
    """A log axis of message lengths, a tick at each that was measured."""
    axis.axes.set_xscale("log")
    axis.set_major_locator(ticker.FixedLocator(sorted(set(sizes))))
    axis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{v:g}"))
    axis.set_minor_locator(ticker.NullLocator())
    axis.set_label_text("message length (bytes)")


def beyond(percentile):
    """Where a percentile stands on a log 1/(1-q) axis: 90 at 10, 99 at 100."""
    return 1.0 / (1.0 - np.minimum(np.asarray(percentile, dtype=float), 99.999999) / 100.0)


def percentile_axis(ax, highest=99.9):
    """A log 1/(1-q) axis from the median to the highest percentile told, each nine as long as the one before."""
    ax.set_xscale("log")
    ticks = [p for p in (50, 90, 99, 99.9, 99.99, 99.999) if p <= highest]
    ax.xaxis.set_major_locator(ticker.FixedLocator([float(beyond(p)) for p in ticks]))
    ax.xaxis.set_major_formatter(ticker.FixedFormatter([f"{p:g} %" for p in ticks]))
    ax.xaxis.set_minor_locator(ticker.NullLocator())
    ax.set_xlim(float(beyond(50)) * 0.95, float(beyond(highest)) * 1.15)
    ax.set_xlabel("percentile (log 1/(1-q))")


def curves(ax, data, rows, latency, label):
    """Percentile curves of rows: the median over forks, in the band from the least to the most of them.

    A curve ends where not all forks still tell the percentile. Invalid rows are thin, and end in a cross.
    """
    among = list(rows.transport.unique())
    highest = 50.0
    for _, row in rows.iterrows():
        of_row = data.percentiles[(data.percentiles.run == row.run) & (data.percentiles.row == row.row)]
        of_row = of_row[(of_row.latency == latency) & (of_row.percentile >= 50) & (of_row.percentile < 100)]
        if of_row.empty:
            continue
        at = of_row.groupby("percentile").value_ns.agg(["count", "median", "min", "max"])
        at = at[at["count"] == at["count"].max()]
        x = beyond(at.index)
        kind = look(row.transport, among)
        kind.pop("marker")
        ax.fill_between(x, at["min"], at["max"], color=kind["color"], alpha=0.18, linewidth=0)
        label = row.transport if row.valid else f"{row.transport} (INVALID)"
        ax.plot(x, at["median"], label=label, alpha=1 if row.valid else 0.55, **kind)
        if not row.valid:
            ax.plot(x[-1:], at["median"].iloc[-1:], marker="x", color=kind["color"], markersize=8, linestyle="")
        highest = max(highest, float(at.index.max()))
    time_axis(ax.yaxis, label)
    percentile_axis(ax, highest)


def lines(ax, summary, x, y, by="transport", label=None):
    """A line for each transport through the medians over forks, each with the range over them; invalid points crossed."""
    among = list(summary.transport.unique())
    for key, part in summary.dropna(subset=[y]).groupby(by, sort=False):
        part = part.sort_values(x)
        kind = look(part.transport.iloc[0], among)
        kind.update((label or {}).get(key, {}))
        name = kind.pop("label", key)
        spread = [part[y] - part[f"{y}_low"], part[f"{y}_high"] - part[y]]
        ax.errorbar(part[x], part[y], yerr=spread, capsize=3, elinewidth=1, label=name, **kind)
        bad = part[~part.valid]
        ax.plot(bad[x], bad[y], linestyle="", marker="x", color="black", markersize=9, markeredgewidth=1.4)
    mark_invalid(ax, summary)


def mark_invalid(ax, summary):
    """Adds the cross to the legend where there is one in the figure."""
    if (~summary.valid).any():
        ax.plot([], [], linestyle="", marker="x", color="black", markersize=8, label="INVALID row")


def bars(ax, summary, metric, text=time_text):
    """A dot for each row, best on top, with its range over forks; for one figure a row, such as a p50."""
    shown = summary.dropna(subset=[metric]).sort_values(metric, ascending=False).reset_index(drop=True)
    for at, row in shown.iterrows():
        kind = look(row.transport, list(shown.transport))
        low, high = row[f"{metric}_low"], row[f"{metric}_high"]
        ax.plot([low, high], [at, at], color=kind["color"], linewidth=5, alpha=0.3, solid_capstyle="butt")
        ax.plot([row[metric]], [at], color=kind["color"], marker="o" if row.valid else "x", markersize=8)
        ax.annotate(text(row[metric]), (row[metric], at), (0, 7), textcoords="offset points", ha="center")
    ax.set_yticks(range(len(shown)), shown.transport)
    ax.set_ylim(-0.6, len(shown) - 0.3)
    ax.grid(axis="y", visible=False)


def legend(ax, title=None, of=None):
    """The legend, beside the axes, so that it never lies on what was measured; of several axes if they share one."""
    named = {}
    for each in of if of is not None else [ax]:
        for handle, label in zip(*each.get_legend_handles_labels()):
            named.setdefault(label, handle)
    # What says that something is invalid comes last.
    labels = sorted(named, key=lambda label: label == "INVALID row")
    ax.legend(
        [named[label] for label in labels], labels, title=title,
        loc="upper left", bbox_to_anchor=(1.01, 1.0), borderaxespad=0,
    )


def save(figure, name):
    """Keeps a figure as NAME.svg in the folder that FIZEAU_FIGURES names; without it, nothing is written."""
    directory = os.environ.get("FIZEAU_FIGURES")
    if directory:
        pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
        figure.savefig(
            pathlib.Path(directory) / f"{name}.svg", metadata={"Date": None, "Creator": None}, facecolor="white"
        )
