package io.fizeau.transports.arq.congestion;

/** What CUBIC knows, with the names of RFC 9438 section 4.1.2 in brackets. Windows in bytes, with fractions. */
final class CubicState {
    static final double BETA = 0.7;

    private static final double C = 0.4;
    private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double MOST_GROWTH = 1.5;
    private static final double NS_PER_SECOND = 1e9;

    private final int datagramBytes;

    /** [cwnd]. */
    double window;
    /** [ssthresh]. */
    long threshold = Long.MAX_VALUE;
    /** [cwnd_prior], the window before the last reduction. */
    private double prior;
    /** [W_max], where the curve is flat. */
    private double maximum;
    /** [K], seconds from the start of the curve to its flat part. */
    private double k;
    /** [t_epoch], active time at which the curve starts. */
    private long epochNs;
    /** [W_est], what Reno would have by now. */
    private double renoWindow;

    private boolean hasEpoch;
    private boolean isAfterCollapse;

    CubicState(final int datagramBytes, final long initialBytes) {
        this.datagramBytes = datagramBytes;
        this.window = initialBytes;
    }

    void copyFrom(final CubicState other) {
        window = other.window;
        threshold = other.threshold;
        prior = other.prior;
        maximum = other.maximum;
        k = other.k;
        epochNs = other.epochNs;
        renoWindow = other.renoWindow;
        hasEpoch = other.hasEpoch;
        isAfterCollapse = other.isAfterCollapse;
    }

    boolean isInSlowStart() {
        return window < threshold;
    }

    /** Sections 4.6 and 4.7. */
    void reduce(final long minBytes) {
        maximum = window < maximum ? window * (1 + BETA) / 2 : window;
        prior = window;
        threshold = Math.max(minBytes, Math.round(window * BETA));
        window = threshold;
        hasEpoch = false;
        isAfterCollapse = false;
    }

    /** Section 4.8. The threshold has been set by the loss before. */
    void collapse(final long minBytes) {
        window = minBytes;
        hasEpoch = false;
        isAfterCollapse = true;
    }

    /** One acknowledgement in congestion avoidance: sections 4.2 to 4.5. */
    void avoid(final int bytes, final long activeNs, final long smoothedRttNs) {
        if (!hasEpoch) {
            startEpoch(activeNs);
        }
        final double share = bytes / window;
        final double alpha = renoWindow >= prior ? 1 : RENO_ALPHA;
        renoWindow += alpha * datagramBytes * share;
        final double sinceEpochNs = activeNs - epochNs;
        if (curve(sinceEpochNs) < renoWindow) {
            window = Math.max(window, renoWindow);
        } else {
            final double target = Math.min(curve(sinceEpochNs + smoothedRttNs), MOST_GROWTH * window);
            window += Math.max(0, target - window) * share;
        }
    }

    /** The curve starts at the window and is flat at once when there is no greater one to return to. */
    private void startEpoch(final long activeNs) {
        if (isAfterCollapse || maximum < window) {
            maximum = window;
        }
        k = Math.cbrt((maximum - window) / (C * datagramBytes));
        epochNs = activeNs;
        renoWindow = window;
        hasEpoch = true;
        isAfterCollapse = false;
    }

    private double curve(final double sinceEpochNs) {
        final double fromFlat = sinceEpochNs / NS_PER_SECOND - k;
        return C * datagramBytes * fromFlat * fromFlat * fromFlat + maximum;
    }
}
