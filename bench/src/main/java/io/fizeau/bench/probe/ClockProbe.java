package io.fizeau.bench.probe;

/**
 * What reading the clock costs, and in which steps it moves. Both bound what a single round trip can tell.
 *
 * @param costNs nanoseconds a {@link System#nanoTime()}.
 * @param tickNs the step of its values, in nanoseconds.
 */
public record ClockProbe(double costNs, double tickNs) {
    private static final int BATCHES = 21;
    private static final int READS = 20_000;
    /** A longer step is an interruption, which says nothing about the clock. */
    private static final int LONGEST_STEP_NS = 100_000;

    /**
     * Runs it: about ten milliseconds of spinning.
     *
     * @return what was found.
     */
    public static ClockProbe run() {
        double costNs = Double.MAX_VALUE;
        final int[] steps = new int[LONGEST_STEP_NS];
        for (int batch = 0; batch < BATCHES; batch++) {
            final long start = System.nanoTime();
            long last = start;
            for (int i = 0; i < READS; i++) {
                final long now = System.nanoTime();
                final long step = now - last;
                if (step > 0 && step < LONGEST_STEP_NS) {
                    steps[(int) step]++;
                }
                last = now;
            }
            // The least: the first batches run interpreted, and interruptions only ever add.
            costNs = Math.min(costNs, (double) (last - start) / READS);
        }
        return new ClockProbe(costNs, tick(steps));
    }

    /**
     * The distance of the two steps seen most often. Not the greatest common divisor of all: a clock that ticks in 10 ns and is
     * slewed shows a step of 21 ns now and then.
     *
     * @param steps how often each step was seen, by its nanoseconds.
     * @return the tick; of a clock so coarse that it has only one step, that step; 0 if it never moved.
     */
    public static double tick(final int[] steps) {
        int first = 0;
        int second = 0;
        for (int step = 1; step < steps.length; step++) {
            if (steps[step] > steps[first]) {
                second = first;
                first = step;
            } else if (steps[step] > steps[second]) {
                second = step;
            }
        }
        // A rare second step is an interruption of a coarse clock.
        return second == 0 || steps[second] < steps[first] / 1_000 ? first : Math.abs(first - second);
    }
}
