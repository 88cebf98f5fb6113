package io.fizeau.core.schedule;

/**
 * Equal intervals, with one message or several at each. Each offset is computed from the start, so that no rounding adds up: for
 * 2<sup>53</sup> ns, over a hundred days, it is within a nanosecond of the true one.
 */
final class ConstantSchedule implements Schedule {
    private static final double NS_PER_SECOND = 1e9;

    private final int burst;
    private final double intervalNs;
    private long step;
    private int leftInBurst;

    ConstantSchedule(final int burst, final double ratePerSecond) {
        this.burst = burst;
        this.intervalNs = NS_PER_SECOND * burst / ratePerSecond;
        restart(0);
    }

    @Override
    public void restart(final int phase) {
        step = 0;
        leftInBurst = burst;
    }

    @Override
    public long nextOffsetNs() {
        if (leftInBurst == 0) {
            step++;
            leftInBurst = burst;
        }
        leftInBurst--;
        return (long) (step * intervalNs);
    }
}
