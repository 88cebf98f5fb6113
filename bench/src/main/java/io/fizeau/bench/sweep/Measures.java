package io.fizeau.bench.sweep;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as a person reads them while a sweep runs. */
final class Measures {
    private Measures() {}

    static String duration(final long ns) {
        if (ns < 1_000) {
            return String.format(Locale.ROOT, "%d ns", ns);
        }
        return ns < 1e6
                ? String.format(Locale.ROOT, "%.1f us", ns / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", ns / 1e6);
    }

    /** Without an exponent and without zeros that say nothing: also how a rate is given to a benchmark. */
    static String plain(final double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
