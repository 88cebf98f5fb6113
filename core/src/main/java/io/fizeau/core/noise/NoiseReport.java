package io.fizeau.core.noise;

import io.fizeau.core.noise.NoiseFigure.Scope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened between two edges. Noise never changes a number that was measured meanwhile; it can only mark it. Immutable.
 *
 * @param durationNs how far the edges are apart, in nanoseconds; the share of a time figure is of this.
 * @param values each figure, known or not.
 */
public record NoiseReport(long durationNs, Map<NoiseFigure, NoiseValue> values) {
    private static final String DURATION = "durationNs";

    /** Copies the map, and says of what is missing that it is. */
    public NoiseReport {
        final Map<NoiseFigure, NoiseValue> all = new EnumMap<>(NoiseFigure.class);
        for (final NoiseFigure figure : NoiseFigure.values()) {
            all.put(figure, values.getOrDefault(figure, NoiseValue.unavailable("not read")));
        }
        values = Collections.unmodifiableMap(all);
    }

    /**
     * One figure.
     *
     * @param figure which.
     * @return its value, or why there is none.
     */
    public NoiseValue value(final NoiseFigure figure) {
        return values.getOrDefault(figure, NoiseValue.unavailable("not read"));
    }

    /**
     * The figures of a process, or those of the host.
     *
     * @param scope which.
     * @return figure to value, in a fixed order.
     */
    public Map<NoiseFigure, NoiseValue> of(final Scope scope) {
        final Map<NoiseFigure, NoiseValue> some = new EnumMap<>(NoiseFigure.class);
        values.forEach((figure, value) -> {
            if (figure.scope() == scope) {
                some.put(figure, value);
            }
        });
        return some;
    }

    /**
     * All of it as names and texts, for the way from one process to another.
     *
     * @return what {@link #parse(Map)} reads.
     */
    public Map<String, String> texts() {
        final Map<String, String> texts = new LinkedHashMap<>();
        texts.put(DURATION, Long.toString(durationNs));
        values.forEach((figure, value) -> texts.put(figure.label(), value.text()));
        return texts;
    }

    /**
     * From names and texts. Names that are not known are passed over.
     *
     * @param texts what {@link #texts()} gave.
     * @return the report.
     * @throws NumberFormatException if the duration is no number.
     */
    public static NoiseReport parse(final Map<String, String> texts) {
        final Map<NoiseFigure, NoiseValue> values = new EnumMap<>(NoiseFigure.class);
        texts.forEach(
                (label, text) -> NoiseFigure.of(label).ifPresent(figure -> values.put(figure, NoiseValue.parse(text))));
        return new NoiseReport(Long.parseLong(texts.getOrDefault(DURATION, "0")), values);
    }
}
