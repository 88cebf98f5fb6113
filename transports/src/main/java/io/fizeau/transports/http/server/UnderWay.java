package io.fizeau.transports.http.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one listener that are under way, so that none takes forever, also one whose session has ended. Thread-safe. */
final class UnderWay {
    private final Set<Bounded> requests = ConcurrentHashMap.newKeySet();

    void begin(final Bounded request) {
        requests.add(request);
    }

    void end(final Bounded request) {
        requests.remove(request);
    }

    void expire(final long nowNs) {
        requests.forEach(request -> request.expire(nowNs));
    }
}
