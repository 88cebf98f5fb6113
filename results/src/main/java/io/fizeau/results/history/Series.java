package io.fizeau.results.history;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.stats.change.Change;
import io.fizeau.results.stats.change.ChangeSettings;
import io.fizeau.results.stats.change.EDivisive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The points of one row as they come, and the history that they make once all are there. One thread. */
final class Series {
    /** The place of a change is told to within about so many runs; a change of the machine this near may be the cause. */
    static final int NEAR = 2;

    private final RowKey row;
    private final Measure measure;
    private final List<Entry> entries = new ArrayList<>();

    Series(final RowKey row, final Measure measure) {
        this.row = row;
        this.measure = measure;
    }

    Measure measure() {
        return measure;
    }

    void add(final int place, final Machine machine, final HistoryPoint point) {
        entries.add(new Entry(place, machine, point));
    }

    /** Runs that do not say when they began are kept only among their like, in the order in which they came. */
    History history(final ChangeSettings settings, final List<String> problems) {
        final boolean isTimed = entries.stream().anyMatch(Entry::isTimed);
        entries.stream()
                .filter(e -> isTimed && !e.isTimed())
                .forEach(e -> problems.add(
                        e.point.run() + ": does not say when it began, so it has no place among runs that do"));
        final List<Entry> ordered = entries.stream()
                .filter(e -> !isTimed || e.isTimed())
                .sorted(Comparator.comparing(Entry::startedAt).thenComparingInt(e -> e.place))
                .toList();
        final List<HistoryPoint> points = IntStream.range(0, ordered.size())
                .mapToObj(i -> i == 0 ? ordered.get(0).point : ordered.get(i).after(ordered.get(i - 1).machine))
                .toList();
        return history(points, settings);
    }

    private History history(final List<HistoryPoint> points, final ChangeSettings settings) {
        final int[] counting = IntStream.range(0, points.size())
                .filter(i -> points.get(i).counts())
                .toArray();
        final List<String> remarks = new ArrayList<>();
        final int first = Math.max(0, counting.length - EDivisive.MOST_VALUES);
        if (first > 0) {
            remarks.add("changes are looked for among the last " + EDivisive.MOST_VALUES + " of " + counting.length
                    + " valid runs");
        }
        if (counting.length < 2 * settings.minSegment()) {
            remarks.add("no change is looked for below " + 2 * settings.minSegment() + " valid runs");
        }
        final double[] values = IntStream.range(first, counting.length)
                .mapToDouble(i -> points.get(counting[i]).value().median())
                .toArray();
        final List<Change> found = EDivisive.find(values, settings);
        final List<ChangePoint> changes = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            final int at = found.get(i).index();
            final int from = i == 0 ? 0 : found.get(i - 1).index();
            final int to = i + 1 < found.size() ? found.get(i + 1).index() : values.length;
            changes.add(new ChangePoint(
                    counting[first + at],
                    found.get(i).pValue(),
                    median(values, from, at),
                    median(values, at, to),
                    machineChanges(points, counting, first + at)));
        }
        return new History(row, measure, points, changes, remarks);
    }

    private static double median(final double[] values, final int from, final int to) {
        return Summary.of(Arrays.copyOfRange(values, from, to)).median();
    }

    /** Those between the valid runs so many before the change and so many after its first. */
    private static List<String> machineChanges(final List<HistoryPoint> points, final int[] counting, final int at) {
        final int from = counting[Math.max(0, at - NEAR - 1)] + 1;
        final int to = counting[Math.min(counting.length - 1, at + NEAR)];
        return points.subList(Math.min(from, to), to + 1).stream()
                .flatMap(point -> point.machineChanges().stream())
                .distinct()
                .toList();
    }

    private record Entry(int place, Machine machine, HistoryPoint point) {
        boolean isTimed() {
            return !startedAt().equals(Instant.MIN);
        }

        Instant startedAt() {
            try {
                return Instant.parse(point.startedAt());
            } catch (final DateTimeParseException e) {
                return Instant.MIN;
            }
        }

        HistoryPoint after(final Machine before) {
            return new HistoryPoint(
                    point.run(),
                    point.startedAt(),
                    point.label(),
                    point.commit(),
                    point.value(),
                    point.validity(),
                    machine.changesSince(before));
        }
    }
}
