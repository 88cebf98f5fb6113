package io.fizeau.core.tck.faulty;

import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a node with a leak leaves behind: for seconds, or until this JVM ends. */
final class Litter {
    private static final long LEAK_NS = TimeUnit.SECONDS.toNanos(15);
    private static final List<FileChannel> LEAKED = new CopyOnWriteArrayList<>(); // else the collector closes them

    private final Fault fault;
    private final @Nullable FileChannel channel;

    private Litter(final Fault fault, final @Nullable FileChannel channel) {
        this.fault = fault;
        this.channel = channel;
    }

    static Litter of(final Fault fault, final NodeContext context) {
        switch (fault) {
            case LEAK_THREAD -> {
                final long startNs = System.nanoTime();
                context.threads()
                        .newThread(() -> {
                            while (System.nanoTime() - startNs < LEAK_NS) {
                                LockSupport.parkNanos(LEAK_NS);
                            }
                        })
                        .start();
                return new Litter(fault, null);
            }
            case LEAK_FILE, LEAK_DESCRIPTOR -> {
                try {
                    final Path file = Files.createTempFile("fizeau-leak", ".tmp");
                    file.toFile().deleteOnExit();
                    final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    if (fault == Fault.LEAK_DESCRIPTOR) {
                        Files.delete(file);
                    }
                    return new Litter(fault, channel);
                } catch (final IOException e) {
                    throw new UncheckedIOException("no temporary file", e);
                }
            }
            default -> {
                return new Litter(fault, null);
            }
        }
    }

    void clean() {
        if (channel == null) {
            return;
        }
        if (fault == Fault.LEAK_DESCRIPTOR) {
            LEAKED.add(channel);
            return;
        }
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close a temporary file", e);
        }
    }
}
