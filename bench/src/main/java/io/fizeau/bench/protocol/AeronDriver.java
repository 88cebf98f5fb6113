package io.fizeau.bench.protocol;

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.fizeau.transports.aeron.driver.DriverDirectories;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * What an embedded media driver of Aeron's has counted: its system counters, read from the file that it shares with its clients,
 * by whichever process may read that file.
 */
public final class AeronDriver {
    /** What becomes a row: the counter's number, as {@link AeronCounters} has it, and the row's name. */
    private static final Map<Integer, String> FIGURES = figures();

    private AeronDriver() {}

    private static Map<Integer, String> figures() {
        final Map<Integer, String> figures = new LinkedHashMap<>();
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_BYTES_SENT, "bytesSent");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_BYTES_RECEIVED, "bytesReceived");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_NAK_MESSAGES_SENT, "naksSent");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_NAK_MESSAGES_RECEIVED, "naksReceived");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_RETRANSMITS_SENT, "retransmits");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_RETRANSMITTED_BYTES, "retransmittedBytes");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_RETRANSMIT_OVERFLOW, "retransmitOverflows");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_STATUS_MESSAGES_SENT, "statusMessagesSent");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_STATUS_MESSAGES_RECEIVED, "statusMessagesReceived");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_HEARTBEATS_SENT, "heartbeatsSent");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_SENDER_FLOW_CONTROL_LIMITS, "flowControlLimits");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_FLOW_CONTROL_UNDER_RUNS, "flowControlUnderRuns");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_FLOW_CONTROL_OVER_RUNS, "flowControlOverRuns");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_LOSS_GAP_FILLS, "lossGapFills");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_SHORT_SENDS, "shortSends");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_INVALID_PACKETS, "invalidPackets");
        figures.put(AeronCounters.SYSTEM_COUNTER_ID_ERRORS, "errors");
        return figures;
    }

    /**
     * Reads the counters of a process's drivers.
     *
     * @param pid the process.
     * @return the sums over its drivers, or why there are none.
     */
    public static CounterSet read(final long pid) {
        final List<Path> directories = DriverDirectories.of(pid);
        if (directories.isEmpty()) {
            return CounterSet.unavailable("process " + pid + " has no embedded media driver");
        }
        final Map<String, Long> sums = new LinkedHashMap<>();
        for (final Path directory : directories) {
            try {
                read(directory.resolve(CncFileDescriptor.CNC_FILE))
                        .forEach((name, value) -> sums.merge(name, value, Long::sum));
            } catch (final IOException | RuntimeException e) {
                return CounterSet.unavailable("the counters in " + directory + " cannot be read: " + e.getMessage());
            }
        }
        return CounterSet.of(sums);
    }

    private static Map<String, Long> read(final Path file) throws IOException {
        final MappedByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, Files.size(file));
        }
        final UnsafeBuffer about = CncFileDescriptor.createMetaDataBuffer(mapped);
        CncFileDescriptor.checkVersion(about.getInt(CncFileDescriptor.cncVersionOffset(0)));
        final CountersReader counters = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(mapped, about),
                CncFileDescriptor.createCountersValuesBuffer(mapped, about));
        return chosen(counters);
    }

    static Map<String, Long> chosen(final CountersReader counters) {
        final Map<String, Long> found = new LinkedHashMap<>();
        counters.forEach((final int counterId, final int typeId, final DirectBuffer key, final String label) -> {
            final String name =
                    typeId == AeronCounters.DRIVER_SYSTEM_COUNTER_TYPE_ID ? FIGURES.get(key.getInt(0)) : null;
            if (name != null) {
                found.put(name, counters.getCounterValue(counterId));
            }
        });
        return found;
    }
}
