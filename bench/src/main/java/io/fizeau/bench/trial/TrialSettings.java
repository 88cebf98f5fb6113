package io.fizeau.bench.trial;

import io.fizeau.core.settings.Sends;

/**
 * The parameters of a benchmark, as a JMH user writes them.
 *
 * @param transport the transport's spec string.
 * @param sends whether messages may travel together.
 * @param messageBytes the length of each message in bytes, header included.
 * @param server {@code process}, {@code thread}, or the address of a server that was started elsewhere.
 * @param clientCpu the measuring thread's processor: {@code auto}, {@code none} or a number.
 * @param serverCpu the serving thread's processor: the same.
 * @param service how long the server works on each message, as {@link io.fizeau.core.load.ServiceTime} reads it.
 * @param impairment what the link between the ends does, and with which TCP; {@link TrialImpairment#NONE} where the benchmark has no
 *     such parameters.
 */
public record TrialSettings(
        String transport,
        Sends sends,
        int messageBytes,
        String server,
        String clientCpu,
        String serverCpu,
        String service,
        TrialImpairment impairment) {
    /** The server answers at once. */
    public static final String NO_SERVICE = "none";

    /**
     * A trial whose server answers at once.
     *
     * @param transport as above.
     * @param sends as above.
     * @param messageBytes as above.
     * @param server as above.
     * @param clientCpu as above.
     * @param serverCpu as above.
     */
    public TrialSettings(
            final String transport,
            final Sends sends,
            final int messageBytes,
            final String server,
            final String clientCpu,
            final String serverCpu) {
        this(transport, sends, messageBytes, server, clientCpu, serverCpu, NO_SERVICE);
    }

    /**
     * A trial over the loopback as it is.
     *
     * @param transport as above.
     * @param sends as above.
     * @param messageBytes as above.
     * @param server as above.
     * @param clientCpu as above.
     * @param serverCpu as above.
     * @param service as above.
     */
    public TrialSettings(
            final String transport,
            final Sends sends,
            final int messageBytes,
            final String server,
            final String clientCpu,
            final String serverCpu,
            final String service) {
        this(transport, sends, messageBytes, server, clientCpu, serverCpu, service, TrialImpairment.NONE);
    }

    /**
     * The same over a link.
     *
     * @param newImpairment what the link does.
     * @return new settings.
     */
    public TrialSettings over(final TrialImpairment newImpairment) {
        return new TrialSettings(transport, sends, messageBytes, server, clientCpu, serverCpu, service, newImpairment);
    }

    /** The server has a JVM of its own. */
    public static final String PROCESS = "process";

    /** The server shares the fork's JVM. */
    public static final String THREAD = "thread";
}
