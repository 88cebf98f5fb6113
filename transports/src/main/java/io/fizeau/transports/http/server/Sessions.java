package io.fizeau.transports.http.server;

import io.fizeau.core.address.Address;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.protocol.HttpOptions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The sessions of one listener by their names, which nobody can guess. Thread-safe. */
final class Sessions {
    private static final int NAME_RANDOM_BYTES = 16;
    private static final int REMEMBERED = 1024;

    private final HttpOptions options;
    private final ConnectionHandler handler;
    private final NodeContext context;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ServerSession> byName = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final Set<String> gone = new HashSet<>(); // under its lock
    private final ArrayDeque<String> goneInOrder = new ArrayDeque<>(); // under the same
    private volatile boolean isAccepting = true; // whoever closes the listener

    Sessions(final HttpOptions options, final ConnectionHandler handler, final NodeContext context) {
        this.options = options;
        this.handler = handler;
        this.context = context;
    }

    /** Makes one, which is not open yet; null if there are as many as may be. */
    @Nullable
    ServerSession add(final Address remote) {
        if (!isAccepting || byName.size() >= options.maxSessions()) {
            return null;
        }
        final byte[] bytes = new byte[NAME_RANDOM_BYTES];
        random.nextBytes(bytes);
        final String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        final ServerSession session = new ServerSession(this, options, name, remote, handler);
        byName.put(name, session);
        opened.incrementAndGet();
        return session;
    }

    @Nullable
    ServerSession find(final String name) {
        return byName.get(name);
    }

    /** Whether there was a session of this name until a short while ago, which this end has closed. */
    boolean isGone(final String name) {
        synchronized (gone) {
            return gone.contains(name);
        }
    }

    void forget(final ServerSession session, final @Nullable CloseReason reason) {
        byName.remove(session.name());
        if (reason == CloseReason.PEER_CLOSED) {
            return;
        }
        synchronized (gone) {
            if (gone.add(session.name())) {
                goneInOrder.add(session.name());
            }
            if (goneInOrder.size() > REMEMBERED) {
                gone.remove(goneInOrder.remove());
            }
        }
    }

    void expire(final long nowNs) {
        byName.values().forEach(session -> session.expire(nowNs));
    }

    void stopAccepting() {
        isAccepting = false;
    }

    boolean isAccepting() {
        return isAccepting;
    }

    void closeAll() {
        List.copyOf(byName.values()).forEach(ServerSession::close);
    }

    long openedCount() {
        return opened.get();
    }

    NodeContext context() {
        return context;
    }
}
