package io.fizeau.core.noise;

import io.fizeau.core.host.HostFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters that HotSpot keeps in a file of shared memory, {@code /tmp/hsperfdata_<user>/<process>}, which jstat and {@code
 * jcmd PerfCounter.print} read too. They are not among the commands that a JVM gives itself. Stateless.
 *
 * @implNote The layout is that of {@code perfMemory.hpp} in HotSpot's sources, version 2.0, the same since JDK 5.
 */
final class PerformanceCounters {
    private static final String DIRECTORY = "/tmp";
    private static final String PREFIX = "hsperfdata_";
    private static final int MAGIC = 0xcafec0c0;
    private static final int BYTE_ORDER_AT = 4;
    private static final int MAJOR_AT = 5;
    private static final int ENTRY_OFFSET_AT = 24;
    private static final int ENTRIES_AT = 28;
    private static final int HEADER_BYTES = 32;
    private static final int MAJOR = 2;
    private static final int NAME_OFFSET_AT = 4;
    private static final int VECTOR_LENGTH_AT = 8;
    private static final int TYPE_AT = 12;
    private static final int DATA_OFFSET_AT = 16;
    private static final int ENTRY_HEADER_BYTES = 20;
    private static final byte LONG = 'J';

    private PerformanceCounters() {}

    /** The counters of a process that are numbers; empty where there is no such file. */
    static Map<String, Long> read(final HostFiles files, final long process) {
        for (final String name : files.names(DIRECTORY)) {
            if (name.startsWith(PREFIX)) {
                final byte[] bytes = files.bytes(DIRECTORY + '/' + name + '/' + process);
                if (bytes.length > 0) {
                    return parse(ByteBuffer.wrap(bytes));
                }
            }
        }
        return Map.of();
    }

    /** Empty for anything that is not of this form. */
    static Map<String, Long> parse(final ByteBuffer file) {
        final Map<String, Long> counters = new HashMap<>();
        file.order(ByteOrder.BIG_ENDIAN);
        if (file.limit() < HEADER_BYTES || file.getInt(0) != MAGIC || file.get(MAJOR_AT) != MAJOR) {
            return counters;
        }
        file.order(file.get(BYTE_ORDER_AT) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int entry = file.getInt(ENTRY_OFFSET_AT);
        for (int left = file.getInt(ENTRIES_AT);
                left > 0 && entry >= HEADER_BYTES && entry <= file.limit() - ENTRY_HEADER_BYTES;
                left--) {
            final int length = file.getInt(entry);
            final int data = entry + file.getInt(entry + DATA_OFFSET_AT);
            final int name = entry + file.getInt(entry + NAME_OFFSET_AT);
            if (length <= 0
                    || data < entry
                    || data > file.limit() - Long.BYTES
                    || name < entry
                    || name > file.limit()) {
                return counters;
            }
            if (file.get(entry + TYPE_AT) == LONG && file.getInt(entry + VECTOR_LENGTH_AT) == 0) {
                counters.put(text(file, name), file.getLong(data));
            }
            entry += length;
        }
        return counters;
    }

    private static String text(final ByteBuffer file, final int start) {
        int end = start;
        while (end < file.limit() && file.get(end) != 0) {
            end++;
        }
        final byte[] bytes = new byte[end - start];
        file.get(start, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
