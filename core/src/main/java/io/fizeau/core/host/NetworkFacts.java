package io.fizeau.core.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network's settings. */
final class NetworkFacts {
    private static final String NET = "/sys/class/net";

    private NetworkFacts() {}

    static void addTo(final Map<String, String> facts, final HostFiles files) {
        facts.put("interfaces", interfaces(files));
        facts.put("congestionControl", files.text("/proc/sys/net/ipv4/tcp_congestion_control"));
        facts.put("congestionControls", files.text("/proc/sys/net/ipv4/tcp_available_congestion_control"));
        facts.put("defaultQdisc", files.text("/proc/sys/net/core/default_qdisc"));
        facts.put("tcpReceiveBuffer", files.text("/proc/sys/net/ipv4/tcp_rmem"));
        facts.put("tcpSendBuffer", files.text("/proc/sys/net/ipv4/tcp_wmem"));
        facts.put("maxReceiveBuffer", files.text("/proc/sys/net/core/rmem_max"));
        facts.put("maxSendBuffer", files.text("/proc/sys/net/core/wmem_max"));
        facts.put("busyPollUs", files.text("/proc/sys/net/core/busy_poll"));
    }

    /** What no file tells: asked of this host's kernel. */
    static void addOfThisHost(final Map<String, String> facts, final HostFiles files) {
        final List<String> names = files.names(NET);
        final Map<Integer, String> numbers = new HashMap<>();
        for (final String name : names) {
            final String number = files.text(NET + '/' + name + "/ifindex");
            if (number.matches("\\d{1,9}")) {
                numbers.put(Integer.valueOf(number), name);
            }
        }
        facts.put("offloads", Offloads.of(names));
        facts.put("qdisc", QueueDisciplines.read(numbers));
    }

    private static String interfaces(final HostFiles files) {
        final List<String> all = new ArrayList<>();
        for (final String name : files.names(NET)) {
            final String directory = NET + '/' + name;
            final String speed = files.text(directory + "/speed");
            all.add(name + " mtu " + files.text(directory + "/mtu") + ' ' + files.text(directory + "/operstate")
                    + (HostFiles.isKnown(speed) && !speed.startsWith("-") ? ' ' + speed + " Mbit/s" : ""));
        }
        return all.isEmpty() ? HostFiles.UNAVAILABLE + NET + " lists none" : String.join("; ", all);
    }
}
