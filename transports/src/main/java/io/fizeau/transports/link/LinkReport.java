package io.fizeau.transports.link;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
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

    /** By how much of the delay asked for the realised one may be off in the mean. */
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
        if (toServer.seen() + toClient.seen() == 0 && !impairment.equals(Impairment.NONE.text())) {
            return "no packet came through the link: what was measured went past it";
        }
        final long vanished = unscheduled + toServer.lostByOverflow() + toClient.lostByOverflow();
        if (vanished > 0) {
            return vanished + " packets vanished that nobody had scheduled: the link could not keep up";
        }
        final Impairment asked = Impairment.parse(impairment);
        final String there = delayVerdict("to the server", asked.toServer(), toServer);
        return there.equals(FINE) ? delayVerdict("to the client", asked.toClient(), toClient) : there;
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

    /** What waits for a rate limit alone is not judged: the time of one packet on the wire is shorter than a wake-up. */
    private static String delayVerdict(final String way, final OneWay asked, final PathCounts counts) {
        if (counts.delayed() == 0 || asked.delayNs() == 0) {
            return FINE;
        }
        final double meanLateNs = (double) counts.lateNs() / counts.delivered();
        if (Math.abs(meanLateNs) <= DELAY_TOLERANCE * asked.delayNs()) {
            return FINE;
        }
        return String.format(
                Locale.ROOT,
                "the delay %s is off by %.0f %%: packets came %.3f ms late in the mean over a link of %.3f ms",
                way,
                100 * meanLateNs / asked.delayNs(),
                meanLateNs / 1e6,
                asked.delayNs() / 1e6);
    }
}
