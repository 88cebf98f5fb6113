package io.fizeau.transports.arq.congestion;

/** RFC 9438 sections 4.2 to 4.7 as they are written, in segments and seconds. */
final class CubicEquations {
    private static final double C = 0.4;
    private static final double BETA = 0.7;

    private final double rtt;
    private double cwnd;
    private double wMax;
    private double cwndPrior;
    private double wEst;
    private double tEpoch = Double.NaN;
    private double cwndEpoch;
    private boolean isReno;

    CubicEquations(final double cwnd, final double rtt) {
        this.cwnd = cwnd;
        this.rtt = rtt;
    }

    double cwnd() {
        return cwnd;
    }

    /** Whether the last acknowledgement was in the Reno-friendly region. */
    boolean isReno() {
        return isReno;
    }

    void lose() {
        wMax = cwnd < wMax ? cwnd * (1 + BETA) / 2 : cwnd;
        cwndPrior = cwnd;
        cwnd = Math.max(cwnd * BETA, 2);
        tEpoch = Double.NaN;
    }

    void acknowledge(final double now, final double segmentsAcked) {
        if (Double.isNaN(tEpoch)) {
            tEpoch = now;
            cwndEpoch = cwnd;
            wEst = cwnd;
        }
        final double alpha = wEst >= cwndPrior ? 1 : 3 * (1 - BETA) / (1 + BETA);
        wEst += alpha * segmentsAcked / cwnd;
        final double t = now - tEpoch;
        isReno = wCubic(t) < wEst;
        if (isReno) {
            cwnd = wEst;
        } else {
            final double target = Math.max(cwnd, Math.min(1.5 * cwnd, wCubic(t + rtt)));
            cwnd += (target - cwnd) / cwnd * segmentsAcked;
        }
    }

    private double wCubic(final double t) {
        final double k = Math.cbrt((wMax - cwndEpoch) / C);
        return C * Math.pow(t - k, 3) + wMax;
    }
}
