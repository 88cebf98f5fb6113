package io.fizeau.bench.link;

import io.fizeau.bench.plan.Row;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.LinkSpeed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What a link that carries packets through this process can carry here, and that no row offers it more. Stateless. */
final class LinkCapacity {
    private static final Duration PROBE = Duration.ofMillis(900);
    private static final String RATE = "rate";
    private static final String MESSAGE_BYTES = "messageBytes";
    /** Of the 1500 bytes of a packet, with room for the headers of any transport. */
    private static final int PAYLOAD_BYTES = 1400;

    private LinkCapacity() {}

    /**
     * Measures it, if any row of the plan has a rate.
     *
     * @return packets a second; empty if nothing was measured.
     * @throws TransportException if a row offers more.
     */
    static OptionalLong check(final LinkKind kind, final Link link, final List<Row> rows) {
        final boolean isRateGiven = rows.stream().anyMatch(row -> row.params().containsKey(RATE));
        if (!isRateGiven || !kind.isCarriedByProcess()) {
            return OptionalLong.empty();
        }
        final long packetsPerSecond = LinkSpeed.measure(link, PROBE).packetsPerSecond();
        rows.forEach(row -> check(kind.name(), packetsPerSecond, row));
        return OptionalLong.of(packetsPerSecond);
    }

    static void check(final String link, final long packetsPerSecond, final Row row) {
        final String rate = row.params().get(RATE);
        if (rate == null) {
            return;
        }
        final int bytes = Integer.parseInt(row.params().getOrDefault(MESSAGE_BYTES, "0"));
        // There and back; acknowledgements come on top, so that this is the least that it takes.
        final long packetsPerMessage = 2L * Math.max(1, (bytes + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES);
        final double needed = Arrivals.parseRate(rate) * packetsPerMessage;
        if (needed > packetsPerSecond) {
            throw TransportException.badRequest(String.format(
                    Locale.ROOT,
                    "rate=%s with %d B needs %,.0f packets a second, and the link %s reaches %,d on this machine:"
                            + " offer at most %d messages a second with --rates",
                    rate,
                    bytes,
                    needed,
                    link,
                    packetsPerSecond,
                    packetsPerSecond / packetsPerMessage));
        }
    }
}
