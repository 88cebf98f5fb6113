package io.fizeau.transports.aeron.node;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.aeron.channel.Medium;
import io.fizeau.transports.aeron.channel.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are being made. The connecting end publishes, says hello, and opens when an image arrives on its way back
 * whose welcome has its token. The listening end reads the first message of each image that arrives; if it is a hello, it
 * publishes to where the hello says, and opens once that is connected and the welcome is on its way.
 *
 * <p>Used by the polling thread only.
 */
final class Handshakes {
    private final AeronNode node;
    private final Medium medium;
    private final NodeConfig config;
    private final Departures departures;
    private final Greeting greeting = new Greeting();
    private final SplittableRandom tokens = new SplittableRandom();
    private final List<Newcomer> newcomers = new ArrayList<>();
    private final List<Connecting> connecting = new ArrayList<>();
    private final List<Accepting> accepting = new ArrayList<>();

    Handshakes(final AeronNode node, final Medium medium, final NodeConfig config, final Departures departures) {
        this.node = node;
        this.medium = medium;
        this.config = config;
        this.departures = departures;
    }

    boolean isEmpty() {
        return newcomers.isEmpty() && connecting.isEmpty() && accepting.isEmpty();
    }

    /** Begins to connect. */
    void start(final AeronConnection connection, final Target target) {
        final DriverLink link = connection.link();
        final String channel = medium.channel(target);
        if (link == null
                || (medium.joinsDriverOfListener() && !Endpoints.isClaimed(link.aeron(), channel, target.streamId()))) {
            connection.end(CloseReason.UNREACHABLE);
            return;
        }
        final DriverLink.WayBack wayBack =
                link.wayBack(medium, target, image -> onImage(image, () -> null), node::onEnded);
        final ExclusivePublication publication =
                link.aeron().addExclusivePublication(link.publicationChannel(channel), target.streamId());
        connecting.add(new Connecting(connection, link, publication, wayBack, tokens.nextLong(), deadlineNs()));
    }

    /** A stream has arrived, at a listener or on a way back. */
    void onImage(final Image image, final Supplier<@Nullable AeronListener> listener) {
        newcomers.add(new Newcomer(image, listener, deadlineNs()));
    }

    /** Goes on with all of them; returns how many came to an end, good or bad. */
    int advance(final long nowNs) {
        if (isEmpty()) {
            return 0;
        }
        int done = 0;
        for (int i = newcomers.size() - 1; i >= 0; i--) {
            done += isDone(newcomers.get(i), nowNs) ? drop(newcomers, i) : 0;
        }
        for (int i = accepting.size() - 1; i >= 0; i--) {
            done += isDone(accepting.get(i), nowNs) ? drop(accepting, i) : 0;
        }
        for (int i = connecting.size() - 1; i >= 0; i--) {
            done += isDone(connecting.get(i), nowNs) ? drop(connecting, i) : 0;
        }
        return done;
    }

    /** Gives all of them up. */
    void clear() {
        newcomers.clear();
        accepting.forEach(half -> departures.add(half.publication, null));
        accepting.clear();
        connecting.forEach(half -> departures.add(half.publication, null));
        connecting.clear();
    }

    private boolean isDone(final Newcomer newcomer, final long nowNs) {
        final Image image = newcomer.image;
        if (image.isClosed()) {
            return true;
        }
        final AeronListener listener = newcomer.listener.get();
        switch (greeting.read(image)) {
            case NONE -> {
                if (nowNs - newcomer.deadlineNs < 0) {
                    return false;
                }
                refuse(image, listener);
            }
            case HELLO -> {
                if (listener == null || listener.isClosed()) {
                    refuse(image, listener);
                } else {
                    accept(image, listener);
                }
            }
            case WELCOME -> {
                final Connecting half = listener == null ? awaiting(greeting.token()) : null;
                if (half == null) {
                    refuse(image, listener);
                } else {
                    half.image = image;
                }
            }
            default -> refuse(image, listener);
        }
        return true;
    }

    private void accept(final Image image, final AeronListener listener) {
        final DriverLink link = listener.link();
        final String source = image.sourceIdentity();
        final AeronConnection connection =
                new AeronConnection(node, link, listener.handler(), medium.peer(source, greeting.streamId()), true);
        final long registrationId = link.aeron()
                .asyncAddExclusivePublication(
                        link.publicationChannel(medium.answer(source, greeting.port())), greeting.streamId());
        accepting.add(new Accepting(connection, listener, image, registrationId, greeting.token(), deadlineNs()));
    }

    private boolean isDone(final Accepting half, final long nowNs) {
        final DriverLink link = half.listener.link();
        if (half.image.isClosed() || link.isClosed() || nowNs - half.deadlineNs >= 0) {
            if (half.publication == null && !link.isClosed()) {
                link.aeron().asyncRemovePublication(half.registrationId);
            }
            departures.add(half.publication, half.image);
            return true;
        }
        if (half.publication == null) {
            try {
                half.publication = link.aeron().getExclusivePublication(half.registrationId);
            } catch (final RuntimeException e) {
                node.errors()
                        .onError(link.explain(
                                "cannot accept "
                                        + half.connection.remoteAddress().text(),
                                e));
                refuse(half.image, null);
                return true;
            }
        }
        final ExclusivePublication publication = half.publication;
        if (publication == null || !greeting.sendWelcome(publication, half.token)) {
            return false;
        }
        half.listener.onAccepted();
        node.add(half.connection);
        half.connection.open(outbound(publication, link), half.image);
        return true;
    }

    private boolean isDone(final Connecting half, final long nowNs) {
        final AeronConnection connection = half.connection;
        if (connection.state() == ConnectionState.CONNECTING
                && (half.link.isClosed() || nowNs - half.deadlineNs >= 0)) {
            connection.end(CloseReason.UNREACHABLE);
        }
        if (connection.state() == ConnectionState.CLOSED) {
            departures.add(half.publication, half.image);
            return true;
        }
        if (!half.hasGreeted) {
            half.hasGreeted =
                    greeting.sendHello(half.publication, half.token, half.wayBack.port(), half.wayBack.streamId());
        }
        final Image image = half.image;
        if (image == null) {
            return false;
        }
        connection.open(outbound(half.publication, half.link), image);
        return true;
    }

    private Outbound outbound(final ExclusivePublication publication, final DriverLink link) {
        return new Outbound(publication, config, config.pushesSends() ? link.driverInvoker() : null);
    }

    private @Nullable Connecting awaiting(final long token) {
        for (final Connecting half : connecting) {
            if (half.token == token && half.hasGreeted && half.image == null) {
                return half;
            }
        }
        return null;
    }

    private void refuse(final Image image, final @Nullable AeronListener listener) {
        if (listener != null) {
            listener.onRejected();
        }
        try {
            image.reject("not introduced as a stream of a Fizeau node");
        } catch (final RuntimeException e) {
            node.errors().onError(e);
        }
    }

    private long deadlineNs() {
        return System.nanoTime() + config.connectTimeoutNs();
    }

    private static int drop(final List<?> list, final int index) {
        list.remove(index);
        return 1;
    }

    /** A stream that has not been introduced. */
    private record Newcomer(Image image, Supplier<@Nullable AeronListener> listener, long deadlineNs) {}

    /** A listening end's half-made connection. */
    private static final class Accepting {
        private final AeronConnection connection;
        private final AeronListener listener;
        private final Image image;
        private final long registrationId;
        private final long token;
        private final long deadlineNs;
        private @Nullable ExclusivePublication publication;

        Accepting(
                final AeronConnection connection,
                final AeronListener listener,
                final Image image,
                final long registrationId,
                final long token,
                final long deadlineNs) {
            this.connection = connection;
            this.listener = listener;
            this.image = image;
            this.registrationId = registrationId;
            this.token = token;
            this.deadlineNs = deadlineNs;
        }
    }

    /** A connecting end's half-made connection. */
    private static final class Connecting {
        private final AeronConnection connection;
        private final DriverLink link;
        private final ExclusivePublication publication;
        private final DriverLink.WayBack wayBack;
        private final long token;
        private final long deadlineNs;
        private boolean hasGreeted;
        private @Nullable Image image;

        Connecting(
                final AeronConnection connection,
                final DriverLink link,
                final ExclusivePublication publication,
                final DriverLink.WayBack wayBack,
                final long token,
                final long deadlineNs) {
            this.connection = connection;
            this.link = link;
            this.publication = publication;
            this.wayBack = wayBack;
            this.token = token;
            this.deadlineNs = deadlineNs;
        }
    }
}
