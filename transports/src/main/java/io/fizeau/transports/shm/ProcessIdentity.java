package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process: a number alone may be given out again after a death, and means another process in another container. Immutable and
 * thread-safe.
 *
 * @param pid its number.
 * @param startTicks when it started, in the kernel's ticks since the boot.
 * @param namespace the namespace its number is of.
 */
record ProcessIdentity(long pid, long startTicks, long namespace) {
    /** Three longs in a file. */
    static final int BYTES = 3 * Long.BYTES;

    private static final Path PROC = Path.of("/proc");
    private static final Pattern NAMESPACE = Pattern.compile("pid:\\[(\\d{1,18})\\]");

    /**
     * This process.
     *
     * @return its identity.
     * @throws IOException if the kernel does not show it.
     */
    static ProcessIdentity self() throws IOException {
        final long pid = ProcessHandle.current().pid();
        final byte[] stat = Files.readAllBytes(statFile(pid));
        return new ProcessIdentity(pid, ProcessStat.startTicks(stat, stat.length), ownNamespace());
    }

    static ProcessIdentity read(final ByteBuffer in, final int offset) {
        return new ProcessIdentity(
                in.getLong(offset), in.getLong(offset + Long.BYTES), in.getLong(offset + 2 * Long.BYTES));
    }

    void write(final ByteBuffer out, final int offset) {
        out.putLong(offset, pid).putLong(offset + Long.BYTES, startTicks).putLong(offset + 2 * Long.BYTES, namespace);
    }

    /** Where the kernel tells how it is. */
    static Path statFile(final long pid) {
        return PROC.resolve(Long.toString(pid)).resolve("stat");
    }

    private static long ownNamespace() throws IOException {
        final String text = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        final Matcher matcher = NAMESPACE.matcher(text);
        if (!matcher.matches()) {
            throw new IOException("/proc/self/ns/pid is '" + text + "'");
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public String toString() {
        return "process " + pid;
    }
}
