package io.fizeau.transports.arq.congestion;

import io.fizeau.core.error.TransportException;

/** Which congestion control a connection has. */
public enum Congestion {
    /** None: a window that stays what it was set to. For links that are known, and for seeing what the others cost. */
    FIXED {
        @Override
        public CongestionControl create(
                final int maxDatagramBytes, final long fixedWindowBytes, final long maxWindowBytes) {
            return new FixedWindow(fixedWindowBytes, maxWindowBytes);
        }
    },
    /** NewReno by RFC 9002. */
    NEWRENO {
        @Override
        public CongestionControl create(
                final int maxDatagramBytes, final long fixedWindowBytes, final long maxWindowBytes) {
            return new NewReno(maxDatagramBytes, maxWindowBytes);
        }
    },
    /** CUBIC by RFC 9438. */
    CUBIC {
        @Override
        public CongestionControl create(
                final int maxDatagramBytes, final long fixedWindowBytes, final long maxWindowBytes) {
            return new Cubic(maxDatagramBytes, maxWindowBytes);
        }
    };

    /**
     * A control for one connection.
     *
     * @param maxDatagramBytes the largest datagram, 1 to 65535 bytes.
     * @param fixedWindowBytes the window of {@link #FIXED}, 1 or more; the others ignore it.
     * @param maxWindowBytes what the window never exceeds, at least two datagrams for those that adapt, 1 or more for
     *     {@link #FIXED}.
     * @return a control that knows nothing of the path yet.
     * @throws TransportException if a number is out of range.
     */
    public abstract CongestionControl create(int maxDatagramBytes, long fixedWindowBytes, long maxWindowBytes);
}
