package io.fizeau.transports.shm;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/** Accepts connections for a node. */
final class ShmListener implements Listener {
    private final ShmNode node;
    private final ListenerFolder folder;
    private final ConnectionHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    ShmListener(final ShmNode node, final ListenerFolder folder, final ConnectionHandler handler) {
        this.node = node;
        this.folder = folder;
        this.handler = handler;
    }

    /**
     * Accepts what waits. By the driving thread.
     *
     * @return how many were accepted or refused.
     */
    int accept() {
        if (!folder.hasRung()) {
            return 0;
        }
        int count = 0;
        try {
            for (final Path request : folder.requests()) {
                count++;
                accept(request);
            }
        } catch (final IOException e) {
            node.report("node " + node.context().name() + ": requests at "
                    + folder.address().text() + " cannot be read: " + e);
        }
        return count;
    }

    private void accept(final Path request) {
        FileChannel channel = null;
        try {
            channel = ConnectionFile.open(request);
            final Header header = Header.read(channel, Layout.CONNECTION_MAGIC);
            if (header.maxMessageBytes() != node.maxMessageBytes()) {
                throw new IOException(
                        "its maxMessage is " + header.maxMessageBytes() + ", and here it is " + node.maxMessageBytes());
            }
            final ProcessWatch watch = node.watch(header.maker());
            try {
                node.accepted(this, map(request, channel, header), watch);
            } catch (final IOException e) {
                node.unwatch(watch);
                throw e;
            }
        } catch (final NoSuchFileException e) {
            // Its maker has given up, or died.
            CloseHelper.quietClose(channel);
            IoUtil.deleteIfExists(request.toFile());
        } catch (final IOException e) {
            refuse(request, channel, e);
        }
    }

    private static ConnectionFile map(final Path request, final FileChannel channel, final Header header)
            throws IOException {
        final ConnectionFile file = ConnectionFile.map(channel, header.maxMessageBytes());
        try {
            Files.delete(request); // nobody needs the name any more, and what has none ends with its users
            return file;
        } catch (final IOException e) {
            file.tryUnmap();
            throw e;
        }
    }

    private void refuse(final Path request, final @Nullable FileChannel channel, final IOException why) {
        onRejected();
        node.report("a connection at " + folder.address().text() + " was refused: " + why.getMessage());
        try {
            if (channel != null) {
                ConnectionFile.refuse(channel);
            }
            Files.deleteIfExists(request);
        } catch (final IOException e) {
            node.report("the file of a connection that was refused stays: " + e);
        }
        CloseHelper.quietClose(channel);
    }

    void onRejected() {
        rejected.incrementAndGet();
    }

    void onAccepted() {
        accepted.incrementAndGet();
    }

    @Override
    public Address address() {
        return folder.address();
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public long acceptedCount() {
        return accepted.get();
    }

    @Override
    public long rejectedCount() {
        return rejected.get();
    }

    @Override
    public void close() {
        folder.close();
        node.forget(this);
        node.unmap(folder::tryUnmap);
    }

    LocalPath path() {
        return folder.address();
    }

    ConnectionHandler handler() {
        return handler;
    }
}
