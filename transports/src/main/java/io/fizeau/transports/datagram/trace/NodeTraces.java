package io.fizeau.transports.datagram.trace;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.HostFiles;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.datagram.session.ConnectionTraces;
import io.fizeau.transports.datagram.session.DatagramTrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.ErrorHandler;

/**
 * The traces of a node: its first {@value #MOST_CONNECTIONS} connections have one each, because a trace takes memory. They are readable
 * while the node is open, and become files when it closes. Thread-safe.
 */
public final class NodeTraces implements ConnectionTraces, AutoCloseable {
    /** How many connections of a node are traced. */
    public static final int MOST_CONNECTIONS = 4;

    private static final String BOOT = "/proc/sys/kernel/random/boot_id";
    private static final Set<NodeTraces> OPEN = ConcurrentHashMap.newKeySet();

    private final TraceSettings settings;
    private final String transport;
    private final String node;
    private final ErrorHandler errors;
    private final List<TraceRecorder> recorders = new ArrayList<>(); // under the lock of this

    /**
     * Of a node that opens.
     *
     * @param settings whether to trace, and where traces are left.
     * @param transport the transport's name.
     * @param context names the node, and is told if a file cannot be written.
     */
    public NodeTraces(final TraceSettings settings, final String transport, final NodeContext context) {
        this.settings = settings;
        this.transport = transport;
        this.node = context.name();
        this.errors = context.errors();
    }

    /**
     * The traces of all nodes of this process that are open, as they are now.
     *
     * @return a new list; empty if nothing is traced.
     */
    public static List<Trace> ofThisProcess() {
        return OPEN.stream().flatMap(traces -> traces.traces().stream()).toList();
    }

    @Override
    public synchronized DatagramTrace open(final long connectionId, final boolean isConnecting) {
        if (settings.records() == 0 || recorders.size() == MOST_CONNECTIONS) {
            return DatagramTrace.NONE;
        }
        final TraceHeader header = new TraceHeader(
                connectionId,
                isConnecting ? TraceHeader.Role.CLIENT : TraceHeader.Role.SERVER,
                ProcessHandle.current().pid(),
                transport,
                node,
                clock());
        final TraceRecorder recorder = new TraceRecorder(header, settings.records());
        recorders.add(recorder);
        OPEN.add(this);
        return recorder;
    }

    /**
     * What was recorded so far.
     *
     * @return one for each traced connection.
     */
    public synchronized List<Trace> traces() {
        return recorders.stream().map(TraceRecorder::trace).toList();
    }

    /** Leaves the files, if there is a directory for them. To be called once no connection is open any more. */
    @Override
    public void close() {
        OPEN.remove(this);
        settings.directory().ifPresent(directory -> {
            for (final Trace trace : traces()) {
                try {
                    TraceFile.write(directory, trace);
                } catch (final IOException e) {
                    errors.onError(new TransportException(
                            TransportException.NextStep.FAIL_RUN,
                            "a trace cannot be written to " + directory + ": " + e,
                            e));
                }
            }
        });
    }

    private static String clock() {
        final String boot = HostFiles.ofThisHost().text(BOOT);
        return HostFiles.isKnown(boot) ? boot.strip() : "";
    }
}
