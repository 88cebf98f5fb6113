package io.fizeau.transports.keys;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that nobody but their owner can read or change. Stateless. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private OwnerOnly() {}

    /** What a new folder is made with, so that it is never open, not even for a moment. */
    static FileAttribute<Set<PosixFilePermission>> folder() {
        return PosixFilePermissions.asFileAttribute(FOLDER);
    }

    /** Writes a new file. */
    static void write(final Path file, final byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        Files.write(file, content);
    }

    /** Closes a file that another program wrote. */
    static void close(final Path file) throws IOException {
        Files.setPosixFilePermissions(file, FILE);
    }

    /** Refuses what is another user's, or what others could read or change. */
    static void require(final Path path) {
        final Set<PosixFilePermission> forOthers;
        try {
            if (!Files.getOwner(path).equals(Files.getOwner(THIS_PROCESS))) {
                throw TransportException.badRequest(path + " is not used: it belongs to "
                        + Files.getOwner(path).getName()
                        + ", who could read or change it; make keys of your own by: fizeau keys");
            }
            forOthers = EnumSet.copyOf(FOLDER);
            forOthers.addAll(Files.getPosixFilePermissions(path));
            forOthers.removeAll(FOLDER);
        } catch (final IOException | UnsupportedOperationException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    path + " is not used: whether others can read it cannot be found out (" + e + ")",
                    e);
        }
        if (!forOthers.isEmpty()) {
            throw TransportException.badRequest(path
                    + " is not used: others than its owner can read or change it; if nobody has, close it by: chmod go= "
                    + path);
        }
    }
}
