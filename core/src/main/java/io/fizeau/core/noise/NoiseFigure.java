package io.fizeau.core.noise;

import java.util.Optional;

/** One way in which a measurement can be disturbed. Each figure is of the time between two edges, unless it says otherwise. */
public enum NoiseFigure {
    /** The longest time by which a thread that asked to sleep 10 ms woke too late. */
    HICCUP_MAX("hiccup.max", Unit.MS, Scope.PROCESS),
    /** The 99th percentile of the same. */
    HICCUP_P99("hiccup.p99", Unit.MS, Scope.PROCESS),
    /** How often it woke more than 1 ms too late. */
    HICCUP_COUNT("hiccup.over1ms", Unit.COUNT, Scope.PROCESS),
    /** How often the kernel took a processor from a thread that wanted to go on. */
    INVOLUNTARY("involuntary", Unit.COUNT, Scope.PROCESS),
    /** Collections of garbage. */
    GC_COUNT("gc.count", Unit.COUNT, Scope.PROCESS),
    /** Time in them. */
    GC_TIME("gc", Unit.MS, Scope.PROCESS),
    /** Time in which the JVM held its threads, garbage collection among other reasons. */
    SAFEPOINT_TIME("safepoint", Unit.MS, Scope.PROCESS),
    /** What the hypervisor gave to others, of the processor from which it took most. Comes in ticks, of 10 ms as a rule. */
    STEAL("steal", Unit.MS, Scope.HOST),
    /** Time in which some thread waited for a processor (PSI cpu.some). */
    PRESSURE("pressure", Unit.MS, Scope.HOST),
    /** Datagrams that the kernel threw away because a socket's receive buffer was full. */
    DATAGRAM_DROPS("udp.drops", Unit.COUNT, Scope.HOST),
    /** Packets that the kernel threw away before any protocol saw them, because its backlog was full. */
    BACKLOG_DROPS("softnet.drops", Unit.COUNT, Scope.HOST),
    /** The load average over the last minute, at the end. */
    LOAD("load", Unit.COUNT, Scope.HOST);

    private final String label;
    private final Unit unit;
    private final Scope scope;

    NoiseFigure(final String label, final Unit unit, final Scope scope) {
        this.label = label;
        this.unit = unit;
        this.scope = scope;
    }

    /**
     * Its name in files and in rows.
     *
     * @return letters, digits and dots.
     */
    public String label() {
        return label;
    }

    /**
     * What it is counted in.
     *
     * @return the unit.
     */
    public Unit unit() {
        return unit;
    }

    /**
     * Whose it is.
     *
     * @return one process's, or the whole host's.
     */
    public Scope scope() {
        return scope;
    }

    /**
     * Finds a figure.
     *
     * @param label its name.
     * @return the figure, or empty if there is none.
     */
    public static Optional<NoiseFigure> of(final String label) {
        for (final NoiseFigure figure : values()) {
            if (figure.label.equals(label)) {
                return Optional.of(figure);
            }
        }
        return Optional.empty();
    }

    /** What a figure is counted in. */
    public enum Unit {
        /** Milliseconds. */
        MS("ms"),
        /** A number of times, or a ratio. */
        COUNT("#");

        private final String text;

        Unit(final String text) {
            this.text = text;
        }

        /**
         * Its sign.
         *
         * @return as JMH would write it.
         */
        public String text() {
            return text;
        }
    }

    /** Whose a figure is. */
    public enum Scope {
        /** Of one process: both ends have their own. */
        PROCESS,
        /** Of the machine: the same for all that runs on it. */
        HOST
    }
}
