package io.fizeau.core.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The queue in front of each network interface, as {@code tc qdisc} tells it: one question to the kernel over a netlink socket
 * (RTM_GETQDISC, see rtnetlink(7)).
 */
final class QueueDisciplines {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_ROUTE = 0;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short RTM_NEWQDISC = 36;
    private static final short RTM_GETQDISC = 38;
    private static final short NLMSG_DONE = 3;
    private static final short NLM_F_REQUEST_DUMP = 0x301;
    private static final int HEADER_BYTES = 16;
    private static final int TCMSG_BYTES = 20;
    private static final int INTERFACE_AT = 4;
    private static final int PARENT_AT = 12;
    private static final int ROOT = -1;
    private static final int ATTRIBUTE_BYTES = 4;
    private static final short TCA_KIND = 1;
    private static final int ALIGNMENT = 4;
    private static final int REPLY_BYTES = 64 << 10;
    /** Some interfaces fill a reply; nobody has so many that it takes more than these. */
    private static final int MOST_REPLIES = 64;

    private QueueDisciplines() {}

    /** The root discipline of each interface, or why that is not known. */
    static String read(final Map<Integer, String> interfaces) {
        if (!Platform.isLinux()) {
            return HostFiles.UNAVAILABLE + "only Linux is asked for it";
        }
        try {
            final int socket = NetworkCalls.socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
            try {
                return ask(socket, interfaces);
            } finally {
                NetworkCalls.close(socket);
            }
        } catch (final LastErrorException e) {
            return HostFiles.UNAVAILABLE + "the kernel does not answer over netlink: error " + e.getErrorCode();
        } catch (final LinkageError e) {
            return HostFiles.UNAVAILABLE + "native calls do not work here";
        }
    }

    private static String ask(final int socket, final Map<Integer, String> interfaces) {
        final byte[] question = question();
        NetworkCalls.send(socket, question, new NativeLong(question.length), 0);
        final List<String> found = new ArrayList<>();
        final byte[] reply = new byte[REPLY_BYTES];
        boolean isDone = false;
        for (int replies = 0; !isDone && replies < MOST_REPLIES; replies++) {
            // The kernel has written the reply before the question's call returned.
            final int length = NetworkCalls.recv(socket, reply, new NativeLong(reply.length), MSG_DONTWAIT)
                    .intValue();
            isDone = length <= 0 || add(found, ByteBuffer.wrap(reply, 0, length).slice(), interfaces);
        }
        return found.isEmpty() ? HostFiles.UNAVAILABLE + "the kernel names none" : String.join("; ", found);
    }

    private static byte[] question() {
        final ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + TCMSG_BYTES).order(ByteOrder.nativeOrder());
        bytes.putInt(bytes.capacity()).putShort(RTM_GETQDISC).putShort(NLM_F_REQUEST_DUMP);
        return bytes.array();
    }

    /** Adds what one reply tells; true if it was the last. */
    static boolean add(final List<String> found, final ByteBuffer reply, final Map<Integer, String> interfaces) {
        reply.order(ByteOrder.nativeOrder());
        int at = 0;
        while (at <= reply.limit() - HEADER_BYTES) {
            final int length = reply.getInt(at);
            final short type = reply.getShort(at + Integer.BYTES);
            if (type != RTM_NEWQDISC || length < HEADER_BYTES + TCMSG_BYTES || length > reply.limit() - at) {
                return type == NLMSG_DONE || type != RTM_NEWQDISC;
            }
            final int message = at + HEADER_BYTES;
            if (reply.getInt(message + PARENT_AT) == ROOT) {
                final int number = reply.getInt(message + INTERFACE_AT);
                found.add(interfaces.getOrDefault(number, "interface " + number)
                        + ' '
                        + kind(reply, message + TCMSG_BYTES, at + length));
            }
            at += aligned(length);
        }
        return false;
    }

    private static String kind(final ByteBuffer reply, final int start, final int end) {
        int at = start;
        while (at <= end - ATTRIBUTE_BYTES) {
            final int length = reply.getShort(at) & 0xffff;
            if (length < ATTRIBUTE_BYTES || length > end - at) {
                break;
            }
            if (reply.getShort(at + Short.BYTES) == TCA_KIND) {
                final byte[] name = new byte[length - ATTRIBUTE_BYTES];
                reply.get(at + ATTRIBUTE_BYTES, name);
                return new String(name, StandardCharsets.US_ASCII).replace("\0", "");
            }
            at += aligned(length);
        }
        return "unknown";
    }

    private static int aligned(final int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
