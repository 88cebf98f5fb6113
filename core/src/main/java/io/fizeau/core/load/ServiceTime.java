package io.fizeau.core.load;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.settings.Option;
import java.time.Duration;

/**
 * How long the far end works on each message before it answers: nothing, as a rule; or a known distribution, so that what is
 * measured can be held against what queueing theory says. The work is done on the delivering thread, one message after the other.
 *
 * <table>
 * <caption>Text forms</caption>
 * <tr><td>{@code none}</td><td>answers at once</td></tr>
 * <tr><td>{@code constant:1ms}</td><td>the same for each</td></tr>
 * <tr><td>{@code exponential:1ms}</td><td>exponential with this mean, the same for the same sequence</td></tr>
 * <tr><td>{@code stall:200ms/1200ms}</td><td>answers at once, but not at all in the last 200 ms of every 1200</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 */
public final class ServiceTime {
    /** Answers at once. */
    public static final ServiceTime NONE = new ServiceTime(Kind.NONE, 0, 0);

    private static final String KNOWN = "none, constant:1ms, exponential:1ms, stall:200ms/1200ms";
    private static final Option<Duration> TIME = Option.duration(
            "service", Duration.ofMillis(1), Duration.ofNanos(1), Duration.ofSeconds(10), "a time in a service time");

    private enum Kind {
        NONE,
        CONSTANT,
        EXPONENTIAL,
        STALL
    }

    private final Kind kind;
    private final long timeNs;
    private final long periodNs;
    private final long startNs = System.nanoTime();

    private ServiceTime(final Kind kind, final long timeNs, final long periodNs) {
        this.kind = kind;
        this.timeNs = timeNs;
        this.periodNs = periodNs;
    }

    /**
     * Reads a text form.
     *
     * @param text one of the forms above; times take ns, us, ms or s, up to 10 s.
     * @return the service time.
     * @throws TransportException if it is none of them; the message lists them.
     */
    public static ServiceTime parse(final String text) {
        if (text.equals("none")) {
            return NONE;
        }
        final int colon = text.indexOf(':');
        final String times = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "constant" -> new ServiceTime(Kind.CONSTANT, timeNs(times), 0);
            case "exponential" -> new ServiceTime(Kind.EXPONENTIAL, timeNs(times), 0);
            case "stall" -> stall(text, times);
            default -> throw unknown(text);
        };
    }

    /**
     * Whether there is any work to do.
     *
     * @return false for {@link #NONE}.
     */
    public boolean isSome() {
        return kind != Kind.NONE;
    }

    /**
     * How long a message is worked on; 0 for a stall, which depends on the time.
     *
     * @param sequence the message.
     * @return nanoseconds.
     */
    public long ofMessageNs(final long sequence) {
        return switch (kind) {
            case NONE, STALL -> 0;
            case CONSTANT -> timeNs;
            case EXPONENTIAL -> (long) SplitMix64.exponential(SplitMix64.mix(sequence), (double) timeNs);
        };
    }

    /**
     * Works on a message: holds the calling thread and its processor.
     *
     * @param sequence the message.
     */
    void work(final long sequence) {
        final long nowNs = System.nanoTime();
        final long untilNs;
        if (kind == Kind.STALL) {
            final long inPeriodNs = (nowNs - startNs) % periodNs;
            untilNs = inPeriodNs < periodNs - timeNs ? nowNs : nowNs + periodNs - inPeriodNs;
        } else {
            untilNs = nowNs + ofMessageNs(sequence);
        }
        while (System.nanoTime() - untilNs < 0) {
            Thread.onSpinWait();
        }
    }

    private static ServiceTime stall(final String text, final String times) {
        final int slash = times.indexOf('/');
        if (slash < 0) {
            throw unknown(text);
        }
        final long stallNs = timeNs(times.substring(0, slash));
        final long everyNs = timeNs(times.substring(slash + 1));
        if (stallNs >= everyNs) {
            throw TransportException.badRequest("service=" + text + ": a stall must be shorter than its period");
        }
        return new ServiceTime(Kind.STALL, stallNs, everyNs);
    }

    private static long timeNs(final String text) {
        return TIME.parse(text).toNanos();
    }

    private static TransportException unknown(final String text) {
        return TransportException.badRequest("service=" + text + " is unknown: the known ones are " + KNOWN);
    }
}
