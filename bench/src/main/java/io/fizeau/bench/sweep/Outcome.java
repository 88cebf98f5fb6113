package io.fizeau.bench.sweep;

import java.util.Locale;

/** What one probe says of its rate. */
enum Outcome {
    /** The rate was kept, and so was every limit. */
    HOLDS,
    /** The rate was not kept, or a limit was exceeded. */
    FAILS,
    /** Too little stands behind a percentile to say either. */
    UNCLEAR;

    /** Its name in a fork's notes. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
