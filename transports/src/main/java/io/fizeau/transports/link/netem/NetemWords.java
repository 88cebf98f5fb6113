package io.fizeau.transports.link.netem;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.Loss;
import io.fizeau.core.impair.OneWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An impairment in the words of tc-netem(8). Stateless. */
final class NetemWords {
    private static final double PERCENT_PER_PPM = 1e-4;
    /** Packets that may wait in a delay: 100 000 a second for a second. */
    private static final int LIMIT_PACKETS = 100_000;

    private NetemWords() {}

    /** What netem cannot do of an impairment; empty if it can. */
    static Optional<String> refusal(final Impairment impairment) {
        for (final Direction direction : Direction.values()) {
            final OneWay way = impairment.direction(direction);
            if (!way.drops().isEmpty()
                    || !way.blackouts().isEmpty()
                    || !way.loss().isByIndex()) {
                return Optional.of(
                        "link=netem cannot do a list of drops, scheduled blackouts, or bursts in time, so not "
                                + impairment.text() + ": take link=tun");
            }
            if (way.reorderPpm() > 0 || way.rateBitsPerSecond() > 0) {
                return Optional.of(
                        "link=netem reorders by no number of places and has no queue of so many bytes before its"
                                + " rate, so not " + impairment.text() + ": take link=tun");
            }
        }
        return Optional.empty();
    }

    /**
     * The words for a direction.
     *
     * @param impairment the impairment.
     * @param direction the direction.
     * @param hasSeed whether this tc and this kernel take a seed.
     */
    static List<String> words(final Impairment impairment, final Direction direction, final boolean hasSeed) {
        final OneWay way = impairment.direction(direction);
        final List<String> words = new ArrayList<>(List.of("netem", "limit", Integer.toString(LIMIT_PACKETS)));
        if (way.delayNs() + way.jitterNs() > 0) {
            words.addAll(List.of("delay", micros(way.delayNs())));
            if (way.jitterNs() > 0) {
                words.add(micros(way.jitterNs()));
            }
        }
        words.addAll(loss(way.loss()));
        addShare(words, "duplicate", way.duplicatePpm());
        addShare(words, "corrupt", way.corruptPpm());
        addShare(words, "reorder", way.reorderPpm());
        if (way.rateBitsPerSecond() > 0) {
            words.addAll(List.of("rate", way.rateBitsPerSecond() + "bit"));
        }
        if (hasSeed) {
            words.addAll(List.of("seed", Long.toUnsignedString(direction.seed(impairment.seed()))));
        }
        return words;
    }

    private static List<String> loss(final Loss loss) {
        if (loss instanceof Loss.Independent independent) {
            return List.of("loss", percent(independent.ppm() * PERCENT_PER_PPM));
        }
        if (loss instanceof Loss.Bursts bursts) {
            return loss(bursts.transitions());
        }
        if (loss instanceof Loss.Gilbert gilbert) {
            return List.of("loss", "gemodel", percent(gilbert.p() * 100), percent(gilbert.r() * 100));
        }
        return List.of();
    }

    private static void addShare(final List<String> words, final String word, final int ppm) {
        if (ppm > 0) {
            words.addAll(List.of(word, percent(ppm * PERCENT_PER_PPM)));
        }
    }

    private static String percent(final double percent) {
        return String.format(Locale.ROOT, "%.4f%%", percent);
    }

    private static String micros(final long ns) {
        return ns / 1000 + "us";
    }
}
