package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Makes sense of the words of one way; the limits and the defaults of all words are here. */
final class OneWayParser {
    private static final int MAX_REORDER_PPM = 500_000;
    private static final long MAX_PLACES = 64;
    private static final int DEFAULT_PLACES = 1;
    private static final long MIN_HOLD_NS = 1_000;
    private static final long DEFAULT_HOLD_NS = 10_000_000;
    private static final long MAX_TIME_NS = 10_000_000_000L;
    private static final long MIN_BURST_NS = 10_000;
    private static final double MAX_BURST_PACKETS = 1_000_000;
    private static final double MIN_TRANSITION = 1e-9;
    private static final long MAX_INDEX = 1_000_000_000_000L;
    private static final int MAX_ITEMS = 10_000;
    private static final long MAX_BLACKOUT_NS = 3_600_000_000_000L;
    private static final long MIN_RATE = 1_000;
    private static final long MAX_RATE = 100_000_000_000L;
    private static final long MIN_QUEUE_BYTES = 2 << 10;
    private static final long DEFAULT_QUEUE_BYTES = 64 << 10;
    private static final long MAX_QUEUE_BYTES = 256 << 20;

    private final Map<String, Quantity> words;

    private OneWayParser(final Map<String, Quantity> words) {
        this.words = words;
    }

    static OneWay parse(final Map<String, Quantity> words) {
        return new OneWayParser(words).parse();
    }

    private OneWay parse() {
        needs("burst", "loss");
        needs("jitter", "delay");
        needs("places", "reorder");
        needs("hold", "reorder");
        needs("queue", "rate");
        final long delayNs = orElse("delay", 0, q -> q.timeNs(0, MAX_TIME_NS));
        final int reorderPpm = (int) orElse("reorder", 0, q -> q.ppm(MAX_REORDER_PPM));
        final long places = orElse("places", DEFAULT_PLACES, q -> q.whole(1, MAX_PLACES));
        final long holdNs = orElse("hold", DEFAULT_HOLD_NS, q -> q.timeNs(MIN_HOLD_NS, MAX_TIME_NS));
        final long rate = orElse("rate", 0, q -> q.bitsPerSecond(MIN_RATE, MAX_RATE));
        final long queue = orElse("queue", DEFAULT_QUEUE_BYTES, q -> q.bytes(MIN_QUEUE_BYTES, MAX_QUEUE_BYTES));
        return new OneWay(
                loss(),
                drops(),
                blackouts(),
                delayNs,
                orElse("jitter", 0, q -> jitterNs(q, delayNs)),
                reorderPpm,
                reorderPpm == 0 ? 0 : (int) places,
                reorderPpm == 0 ? 0 : holdNs,
                (int) orElse("duplicate", 0, q -> q.ppm(Loss.MILLION)),
                (int) orElse("corrupt", 0, q -> q.ppm(Loss.MILLION)),
                rate,
                rate == 0 ? 0 : queue);
    }

    private static long jitterNs(final Quantity jitter, final long delayNs) {
        final long ns = jitter.timeNs(0, MAX_TIME_NS);
        if (ns > delayNs) {
            throw jitter.refused("must be at most the delay, which is " + Quantity.timeText(delayNs));
        }
        return ns;
    }

    private Loss loss() {
        final Quantity loss = words.get("loss");
        final Quantity burst = words.get("burst");
        final Quantity gilbert = words.get("gilbert");
        if (gilbert != null) {
            if (loss != null) {
                throw gilbert.refused("stands beside " + loss + ": give one of them");
            }
            return gilbert(gilbert);
        }
        final int ppm = loss == null ? 0 : loss.ppm(Loss.MILLION);
        if (burst == null) {
            return ppm == 0 ? new Loss.None() : new Loss.Independent(ppm);
        }
        return burst.isTime() ? timedBursts(ppm, burst) : bursts(ppm, burst);
    }

    private static Loss gilbert(final Quantity gilbert) {
        final String[] parts = gilbert.value().split("/", -1);
        if (parts.length != 2) {
            throw gilbert.refused("must be two probabilities, good to bad and bad to good, as 0.0025/0.25");
        }
        return new Loss.Gilbert(
                new Quantity(gilbert.word(), parts[0]).decimal(MIN_TRANSITION, 1),
                new Quantity(gilbert.word(), parts[1]).decimal(MIN_TRANSITION, 1));
    }

    private static Loss bursts(final int ppm, final Quantity burst) {
        final double packets = burst.decimal(1, MAX_BURST_PACKETS);
        final int maxPpm = (int) (Loss.MILLION * packets / (1 + packets));
        if (ppm > maxPpm) {
            throw burst.refused("cannot make a loss of " + Quantity.percentText(ppm)
                    + ": with one good packet between bursts it is at most " + Quantity.percentText(maxPpm));
        }
        return ppm == 0 ? new Loss.None() : new Loss.Bursts(ppm, packets);
    }

    private static Loss timedBursts(final int ppm, final Quantity burst) {
        final long burstNs = burst.timeNs(MIN_BURST_NS, MAX_TIME_NS);
        if (ppm == Loss.MILLION) {
            throw burst.refused("needs a loss under 100%");
        }
        return ppm == 0 ? new Loss.None() : new Loss.TimedBursts(ppm, burstNs);
    }

    private List<Long> drops() {
        final Quantity drops = words.get("drops");
        if (drops == null) {
            return List.of();
        }
        final TreeSet<Long> indices = new TreeSet<>();
        for (final String item : items(drops)) {
            if (!indices.add(new Quantity(drops.word(), item).whole(0, MAX_INDEX))) {
                throw drops.refused("has packet " + item + " twice");
            }
        }
        return List.copyOf(indices);
    }

    private List<Window> blackouts() {
        final Quantity blackout = words.get("blackout");
        if (blackout == null) {
            return List.of();
        }
        final List<Window> windows = new ArrayList<>();
        for (final String item : items(blackout)) {
            final String[] parts = item.split("\\+", -1);
            if (parts.length != 2) {
                throw blackout.refused("must be a begin and a length, as 2s+300ms");
            }
            windows.add(new Window(
                    new Quantity(blackout.word(), parts[0]).timeNs(0, MAX_BLACKOUT_NS),
                    new Quantity(blackout.word(), parts[1]).timeNs(1, MAX_BLACKOUT_NS)));
        }
        windows.sort(Comparator.comparingLong(Window::fromNs));
        for (int i = 1; i < windows.size(); i++) {
            if (windows.get(i).fromNs() < windows.get(i - 1).untilNs()) {
                throw blackout.refused("has windows that overlap");
            }
        }
        return windows;
    }

    private static String[] items(final Quantity list) {
        final String[] items = list.value().split(";", -1);
        if (items.length > MAX_ITEMS) {
            throw TransportException.badRequest(
                    list.word() + " has " + items.length + " items, and may have " + MAX_ITEMS);
        }
        return items;
    }

    private void needs(final String word, final String other) {
        final Quantity quantity = words.get(word);
        if (quantity != null && !words.containsKey(other)) {
            throw quantity.refused("needs " + other + " beside it for the same way");
        }
    }

    private long orElse(final String word, final long otherwise, final ToLongFunction<Quantity> read) {
        final @Nullable Quantity quantity = words.get(word);
        return quantity == null ? otherwise : read.applyAsLong(quantity);
    }
}
