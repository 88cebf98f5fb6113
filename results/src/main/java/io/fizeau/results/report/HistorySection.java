package io.fizeau.results.report;

import io.fizeau.results.history.ChangePoint;
import io.fizeau.results.history.Histories;
import io.fizeau.results.history.History;
import io.fizeau.results.history.HistoryOptions;
import io.fizeau.results.history.HistoryPoint;
import io.fizeau.results.report.chart.Axis;
import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.report.chart.Line;
import io.fizeau.results.report.chart.Mark;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What each row is about, over the runs beside this one, and where it changed. Stateless. */
final class HistorySection {
    /** With fewer runs there is no history to look at. */
    private static final int FEWEST_RUNS = 3;

    private HistorySection() {}

    /** A row of this run with its history. */
    private record Followed(String name, String colour, History history) {}

    /** Another run's fault is no matter to this page: what cannot be read is passed over, and named by {@code fizeau history}. */
    static void write(final PageBuilder page, final Run run, final List<Path> others) {
        if (others.size() + 1 < FEWEST_RUNS) {
            return;
        }
        final List<Path> locations = new ArrayList<>(others);
        locations.add(run.location());
        final List<History> histories = Histories.read(locations, HistoryOptions.of(""), read -> {}).rows().stream()
                .filter(history -> history.points().size() >= FEWEST_RUNS)
                .toList();
        boolean isFirst = true;
        for (final RowGroup group : RowGroup.of(run, run.rows())) {
            final List<Followed> followed = followed(group, histories);
            if (!followed.isEmpty()) {
                if (isFirst) {
                    page.section("history", "History");
                    isFirst = false;
                }
                page.chart(chart(group.title(), followed));
                page.list(changes(followed));
            }
        }
    }

    private static List<Followed> followed(final RowGroup group, final List<History> histories) {
        final List<Followed> followed = new ArrayList<>();
        for (final Row row : group.rows()) {
            histories.stream()
                    .filter(history -> history.row().equals(row.key()))
                    .forEach(history -> followed.add(new Followed(group.name(row), group.colour(row), history)));
        }
        return followed;
    }

    private static Chart chart(final String title, final List<Followed> followed) {
        final TreeSet<String> runs = new TreeSet<>();
        followed.forEach(each -> each.history().points().forEach(point -> runs.add(point.run())));
        final List<String> names = List.copyOf(runs);
        final LineStyles styles = new LineStyles();
        final List<Line> lines = new ArrayList<>();
        for (final Followed each : followed) {
            final List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < each.history().points().size(); i++) {
                final HistoryPoint point = each.history().points().get(i);
                marks.add(new Mark(
                        names.indexOf(point.run()),
                        point.value(),
                        point.validity().isValid(),
                        isChange(each.history(), i) ? "CHANGED" : ""));
            }
            lines.add(new Line(each.name(), each.colour(), styles.next(each.colour()), Line.Kind.MEASURED, marks));
        }
        final History first = followed.get(0).history();
        return new Chart(
                title + ": " + first.measure().name() + " over the runs beside this one.",
                "Point: median over forks; band: from the least fork to the greatest. Hollow points are invalid and take part in no"
                        + " change.",
                new Axis("run", Axis.Unit.NUMBER, Axis.Scale.NAMES),
                new Axis(first.measure().name(), unit(first), Axis.Scale.LOG),
                names,
                lines);
    }

    private static boolean isChange(final History history, final int point) {
        return history.changes().stream().anyMatch(change -> change.point() == point);
    }

    private static Axis.Unit unit(final History history) {
        return switch (history.measure().unit()) {
            case "ns" -> Axis.Unit.TIME;
            case "1/s" -> Axis.Unit.COUNT;
            case "Mbit/s" -> Axis.Unit.MBIT;
            default -> Axis.Unit.NUMBER;
        };
    }

    private static List<String> changes(final List<Followed> followed) {
        final List<String> lines = new ArrayList<>();
        for (final Followed each : followed) {
            final History history = each.history();
            final Axis.Unit unit = unit(history);
            for (final ChangePoint change : history.changes()) {
                lines.add(each.name() + " changed at "
                        + history.points().get(change.point()).run() + ": " + unit.text(change.before()) + " before, "
                        + unit.text(change.after()) + " after"
                        + (change.machineChanges().isEmpty()
                                ? ""
                                : "; of the machine: " + String.join("; ", change.machineChanges())));
            }
            history.remarks().forEach(remark -> lines.add(each.name() + ": " + remark));
        }
        return lines;
    }
}
