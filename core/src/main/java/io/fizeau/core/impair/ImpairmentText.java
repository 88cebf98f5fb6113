package io.fizeau.core.impair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the text form. */
final class ImpairmentText {
    static final String NONE = "none";
    static final String SEED = "seed";

    /** The words of a direction, in their canonical order. */
    static final List<String> WORDS = List.of(
            "loss",
            "burst",
            "gilbert",
            "drops",
            "blackout",
            "delay",
            "jitter",
            "reorder",
            "places",
            "hold",
            "duplicate",
            "corrupt",
            "rate",
            "queue");

    /** Ends each message about a bad text. */
    static final String KNOWN_WORDS = "; the words are " + String.join(", ", WORDS)
            + " (up. or down. before one for one way only)" + ", seed, or none alone";

    private ImpairmentText() {}

    static String text(final Impairment impairment) {
        final Map<String, String> up = words(impairment.toServer());
        final Map<String, String> down = words(impairment.toClient());
        final List<String> parts = new ArrayList<>();
        for (final String word : WORDS) {
            final String upValue = up.get(word);
            final String downValue = down.get(word);
            if (upValue != null && upValue.equals(downValue)) {
                parts.add(word + "=" + upValue);
                continue;
            }
            if (upValue != null) {
                parts.add(Direction.TO_SERVER.prefix() + word + "=" + upValue);
            }
            if (downValue != null) {
                parts.add(Direction.TO_CLIENT.prefix() + word + "=" + downValue);
            }
        }
        if (parts.isEmpty()) {
            parts.add(NONE);
        }
        if (impairment.isSeeded()) {
            parts.add(SEED + "=" + impairment.seed());
        }
        return String.join(":", parts);
    }

    private static Map<String, String> words(final OneWay way) {
        final Map<String, String> words = new LinkedHashMap<>();
        putLoss(words, way.loss());
        if (!way.drops().isEmpty()) {
            words.put("drops", way.drops().stream().map(String::valueOf).collect(Collectors.joining(";")));
        }
        if (!way.blackouts().isEmpty()) {
            words.put(
                    "blackout",
                    way.blackouts().stream()
                            .map(w -> Quantity.timeText(w.fromNs()) + "+" + Quantity.timeText(w.lengthNs()))
                            .collect(Collectors.joining(";")));
        }
        putTime(words, "delay", way.delayNs());
        putTime(words, "jitter", way.jitterNs());
        putShare(words, "reorder", way.reorderPpm());
        if (way.reorderPpm() > 0) {
            words.put("places", Integer.toString(way.places()));
            words.put("hold", Quantity.timeText(way.holdNs()));
        }
        putShare(words, "duplicate", way.duplicatePpm());
        putShare(words, "corrupt", way.corruptPpm());
        if (way.rateBitsPerSecond() > 0) {
            words.put("rate", Quantity.rateText(way.rateBitsPerSecond()));
            words.put("queue", Quantity.sizeText(way.queueBytes()));
        }
        return words;
    }

    private static void putLoss(final Map<String, String> words, final Loss loss) {
        if (loss instanceof Loss.Independent independent) {
            putShare(words, "loss", independent.ppm());
        } else if (loss instanceof Loss.Bursts bursts) {
            putShare(words, "loss", bursts.ppm());
            words.put("burst", Quantity.decimalText(bursts.packets()));
        } else if (loss instanceof Loss.TimedBursts timed) {
            putShare(words, "loss", timed.ppm());
            words.put("burst", Quantity.timeText(timed.burstNs()));
        } else if (loss instanceof Loss.Gilbert gilbert) {
            words.put("gilbert", Quantity.decimalText(gilbert.p()) + "/" + Quantity.decimalText(gilbert.r()));
        }
    }

    private static void putTime(final Map<String, String> words, final String word, final long ns) {
        if (ns > 0) {
            words.put(word, Quantity.timeText(ns));
        }
    }

    private static void putShare(final Map<String, String> words, final String word, final int ppm) {
        if (ppm > 0) {
            words.put(word, Quantity.percentText(ppm));
        }
    }
}
