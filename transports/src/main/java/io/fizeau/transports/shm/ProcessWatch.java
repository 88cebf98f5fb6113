package io.fizeau.transports.shm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.NoSuchFileException;
import org.agrona.CloseHelper;

/**
 * Watches a process from the outside: whether it lives, stopped and starved though it may be. One open descriptor, no garbage. Used
 * by one thread at a time.
 */
final class ProcessWatch {
    private static final int LINE_BYTES = 1024;

    private final RandomAccessFile stat;
    private final byte[] line = new byte[LINE_BYTES];
    private int users;

    private ProcessWatch(final RandomAccessFile stat) {
        this.stat = stat;
    }

    /**
     * Starts to watch.
     *
     * @param process a process of this namespace.
     * @return a watch.
     * @throws NoSuchFileException if it is dead.
     * @throws IOException if descriptors run out.
     */
    @SuppressWarnings("resource") // the watch closes it
    static ProcessWatch open(final ProcessIdentity process) throws IOException {
        final RandomAccessFile stat;
        try {
            stat = new RandomAccessFile(ProcessIdentity.statFile(process.pid()).toFile(), "r");
        } catch (final FileNotFoundException e) {
            final String said = String.valueOf(e.getMessage());
            if (said.contains("Too many open files")) {
                throw new IOException(said, e);
            }
            throw dead(process);
        }
        final ProcessWatch watch = new ProcessWatch(stat);
        if (!watch.isAlive() || watch.startTicks() != process.startTicks()) {
            watch.close();
            throw dead(process);
        }
        return watch;
    }

    /**
     * Whether a process lives, or has to be taken for one that does.
     *
     * @param process the process.
     * @param self this one.
     * @return true if it does, or is one of another namespace.
     * @throws IOException if descriptors run out.
     */
    static boolean isAlive(final ProcessIdentity process, final ProcessIdentity self) throws IOException {
        if (process.namespace() != self.namespace()) {
            return true;
        }
        try {
            open(process).close();
            return true;
        } catch (final NoSuchFileException e) {
            return false;
        }
    }

    private static NoSuchFileException dead(final ProcessIdentity process) {
        return new NoSuchFileException(process + " is dead");
    }

    /**
     * Whether it lives. The open file is of the very process, so a number given out again is not taken for it.
     *
     * @return false once it has ended, whether or not its parent has asked about it.
     */
    boolean isAlive() {
        try {
            final int length = read();
            if (length <= 0) {
                return false;
            }
            final char state = ProcessStat.state(line, length);
            return state != 'Z' && state != 'X';
        } catch (final IOException e) {
            return false; // the kernel says so by ESRCH
        }
    }

    private long startTicks() throws IOException {
        return ProcessStat.startTicks(line, read());
    }

    private int read() throws IOException {
        stat.seek(0);
        return stat.read(line, 0, LINE_BYTES);
    }

    void addUser() {
        users++;
    }

    /**
     * One user less.
     *
     * @return true if there is none any more.
     */
    boolean removeUser() {
        users--;
        return users == 0;
    }

    void close() {
        CloseHelper.quietClose(stat); // a file of the kernel's that was only read
    }
}
