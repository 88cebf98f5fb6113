package io.fizeau.transports.link;

import io.fizeau.core.impair.PathCounts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a link did since its impairment was applied. Immutable.
 *
 * @param link the name of its kind.
 * @param impairment the impairment in its text form, with the seed.
 * @param toServer the packets from the client to the server.
 * @param toClient the packets from the server to the client.
 * @param unscheduled packets that were sent into the link and vanished although nobody had scheduled it.
 * @param tcp what holds for TCP on the link's routes, read back from the kernel.
 * @param trouble what broke in the link, or empty.
 * @param details what else there is to know, name to text.
 */
public record LinkReport(
        String link,
        String impairment,
        PathCounts toServer,
        PathCounts toClient,
        long unscheduled,
        String tcp,
        String trouble,
        Map<String, String> details) {
    /** The verdict on a link that did what it was asked to. */
    public static final String FINE = "ok";

    /** By how much of the intended delay the realised one may be off. */
    public static final double DELAY_TOLERANCE = 0.10;

    /** Copies the details. */
    public LinkReport {
        details = Map.copyOf(details);
    }

    /**
     * Whether what was measured over the link may be used.
     *
     * @return {@link #FINE}, or in one line why not.
     */
    public String verdict() {
        if (!trouble.isEmpty()) {
            return trouble;
        }
        final long vanished = unscheduled + toServer.lostByOverflow() + toClient.lostByOverflow();
        if (vanished > 0) {
            return vanished + " packets vanished that nobody had scheduled: the link could not keep up";
        }
        final String there = delayVerdict("to the server", toServer);
        return there.equals(FINE) ? delayVerdict("to the client", toClient) : there;
    }

    /**
     * The report as notes.
     *
     * @return name to text: {@code link}, {@code link.verdict} and what was counted.
     */
    public Map<String, String> notes() {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put("link", link);
        notes.put("link.verdict", verdict());
        notes.put("impairment", impairment);
        notes.put("link.tcp", tcp);
        notes.put("link.unscheduled", Long.toString(unscheduled));
        toServer.toMap().forEach((name, count) -> notes.put("link.toServer." + name, Long.toString(count)));
        toClient.toMap().forEach((name, count) -> notes.put("link.toClient." + name, Long.toString(count)));
        details.forEach((name, text) -> notes.put("link." + name, text));
        return notes;
    }

    private static String delayVerdict(final String way, final PathCounts counts) {
        final double off = (double) counts.lateNs() / counts.intendedDelayNs();
        if (counts.delayed() == 0 || Math.abs(off) <= DELAY_TOLERANCE) {
            return FINE;
        }
        final double delivered = counts.delivered() * 1e6;
        return String.format(
                Locale.ROOT,
                "the delay %s is off by %.0f %%: %.3f ms were asked for and %.3f ms realised in the mean",
                way,
                off * 100,
                counts.intendedDelayNs() / delivered,
                (counts.intendedDelayNs() + counts.lateNs()) / delivered);
    }
}
