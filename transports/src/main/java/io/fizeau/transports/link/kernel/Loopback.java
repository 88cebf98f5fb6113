package io.fizeau.transports.link.kernel;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Direction;
import io.fizeau.transports.link.command.Command;
import java.util.List;

/**
 * The loopback of a namespace as a link: client and server have an address each, of which the kernel makes the source for who did not
 * choose one, and by which rules tell the directions apart. What uses 127.0.0.1 is left alone. Stateless.
 */
public final class Loopback {
    /** The client's address. */
    public static final String CLIENT = "127.88.0.1";
    /** The server's address. */
    public static final String SERVER = "127.88.1.1";
    /** The device. */
    public static final String DEVICE = "lo";

    private Loopback() {}

    /**
     * Makes packets on it as large as those of a network: else a single loss would take a burst of 40 kB and more, which the kernel
     * cuts into segments only on a real device.
     *
     * @return the routes between client and server.
     */
    public static TcpRoutes prepare() {
        Command.must(List.of("ip", "link", "set", DEVICE, "mtu", "1500", "gso_max_segs", "1", "up"));
        return new TcpRoutes(List.of(
                List.of("local", SERVER, "dev", DEVICE, "table", "local", "src", CLIENT),
                List.of("local", CLIENT, "dev", DEVICE, "table", "local", "src", SERVER)));
    }

    /**
     * Who sends in a direction.
     *
     * @param direction the direction.
     * @return the source address of its packets.
     */
    public static String source(final Direction direction) {
        return direction == Direction.TO_SERVER ? CLIENT : SERVER;
    }

    /**
     * To whom.
     *
     * @param direction the direction.
     * @return the destination address of its packets.
     */
    public static String destination(final Direction direction) {
        return direction == Direction.TO_SERVER ? SERVER : CLIENT;
    }

    /**
     * As {@link io.fizeau.transports.link.Link#serverBind()}.
     *
     * @return the server's address with any port.
     */
    public static String serverBind() {
        return new HostPort(SERVER, 0).text();
    }

    /**
     * As {@link io.fizeau.transports.link.Link#reach(Address)}.
     *
     * @param link the name of the link's kind.
     * @param listening where the server listens.
     * @return the same.
     */
    public static Address reach(final String link, final Address listening) {
        if (listening instanceof HostPort server && server.host().equals(SERVER)) {
            return listening;
        }
        throw TransportException.badRequest("address " + listening.text() + " cannot be reached through link=" + link
                + ": the server has to listen at " + serverBind());
    }
}
