package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Removes the folder of a dead listener from its address, where a new one may take its place at any moment: what is there is taken away
 * first, by a change of its name, and looked at where nobody else finds it. Stateless.
 */
final class Leftover {
    private Leftover() {}

    /**
     * Removes one.
     *
     * @param path the address, at which a dead listener's folder was found.
     * @param self this process.
     * @return true if nothing is there any more; false if something else is there by now, which stays.
     * @throws IOException if its name cannot be changed.
     */
    static boolean remove(final Path path, final ProcessIdentity self) throws IOException {
        final Path gone = ListenerFolder.besides(path, "gone");
        try {
            Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (final NoSuchFileException e) {
            return true; // of two that find it, one gets it
        }
        if (!isDead(gone, self)) {
            putBack(gone, path);
            return false;
        }
        ListenerFolder.delete(gone);
        return true;
    }

    private static boolean isDead(final Path folder, final ProcessIdentity self) {
        try {
            return !ProcessWatch.isAlive(ListenerFolder.read(folder).maker(), self);
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Gives a folder its name back, unless something has that name by now: a listener's folder is never empty, so a change of name
     * does not replace it. What cannot be put back is left where it is, for it is nobody's here to remove.
     *
     * @param gone where it is.
     * @param path where it was.
     */
    static void putBack(final Path gone, final Path path) {
        try {
            Files.move(gone, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            return; // a third one was faster
        }
    }
}
