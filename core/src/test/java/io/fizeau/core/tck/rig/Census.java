package io.fizeau.core.tck.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What this process holds at a moment. Descriptors and files are seen where the system shows them under {@code /proc/self}, as
 * Linux does; elsewhere there are none to compare.
 *
 * @param threads the live threads.
 * @param descriptors how many descriptors are open.
 * @param files the files that are open or mapped.
 */
public record Census(Set<Thread> threads, int descriptors, Set<Path> files) {
    private static final Path PROC = Path.of("/proc");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPS = Path.of("/proc/self/maps");

    /**
     * Looks.
     *
     * @return what is held now.
     */
    public static Census take() {
        final Set<Path> files = new HashSet<>();
        int descriptors = 0;
        try {
            if (Files.isDirectory(DESCRIPTORS)) {
                descriptors = addOpen(files);
                addMapped(files);
            }
        } catch (final IOException expected) {
            // Not shown on this system.
        }
        return new Census(Thread.getAllStackTraces().keySet(), descriptors, files);
    }

    /**
     * The threads that are alive now and were not then.
     *
     * @return their names.
     */
    public Set<String> newThreads() {
        final Set<String> names = new TreeSet<>();
        for (final Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!threads.contains(thread)) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    /**
     * The files that were held here, were not held at another time, and still exist.
     *
     * @param before the other time.
     * @return their paths.
     */
    public Set<Path> leftSince(final Census before) {
        final Set<Path> left = new TreeSet<>();
        for (final Path file : files) {
            if (!before.files.contains(file) && Files.exists(file)) {
                left.add(file);
            }
        }
        return left;
    }

    private static int addOpen(final Set<Path> files) throws IOException {
        int count = 0;
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (final Path descriptor : descriptors.toList()) {
                count++;
                try {
                    final Path target = Files.readSymbolicLink(descriptor);
                    // What the kernel shows as files under /proc, nobody can leave behind; it counts as a descriptor
                    // only.
                    if (target.isAbsolute() && !target.startsWith(PROC) && Files.isRegularFile(target)) {
                        files.add(target);
                    }
                } catch (final IOException expected) {
                    // The descriptor of the listing itself.
                }
            }
        }
        return count;
    }

    private static void addMapped(final Set<Path> files) throws IOException {
        for (final String line : Files.readAllLines(MAPS)) {
            final int start = line.indexOf('/');
            if (start > 0) {
                final Path file = Path.of(line.substring(start));
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        }
    }
}
