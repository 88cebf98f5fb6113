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
 */
public record TrialSettings(
        String transport, Sends sends, int messageBytes, String server, String clientCpu, String serverCpu) {
    /** The server has a JVM of its own. */
    public static final String PROCESS = "process";

    /** The server shares the fork's JVM. */
    public static final String THREAD = "thread";
}
