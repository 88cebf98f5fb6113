package io.fizeau.transports.link;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the link that another process of the run holds, see {@link LinkControl}. Each call is a connection of its own and takes a
 * fraction of a millisecond. Immutable and thread-safe. Every method throws {@link TransportException} with the link's reason, or if
 * nobody answers.
 */
public final class LinkClient {
    private final Path socket;

    /**
     * A client; nothing is connected yet.
     *
     * @param socket the path of the socket, from the property {@value LinkControl#PROPERTY}.
     */
    public LinkClient(final Path socket) {
        this.socket = socket;
    }

    /**
     * As {@link Link#serverBind()}.
     *
     * @return the text form of an address.
     */
    public String serverBind() {
        return line(ask(LinkControl.BIND), 0);
    }

    /**
     * As {@link Link#reach(Address)}.
     *
     * @param listening where the server listens.
     * @return where to connect to.
     */
    public Address reach(final Address listening) {
        return Address.parse(line(ask(LinkControl.REACH + ' ' + listening.text()), 0));
    }

    /**
     * As {@link Link#blackout(Duration)}.
     *
     * @param duration how long, in whole milliseconds.
     * @return when it began and ends, by {@link System#nanoTime()} of this process too.
     */
    public Blackout blackout(final Duration duration) {
        final List<String> lines = ask(LinkControl.BLACKOUT + ' ' + duration.toMillis());
        return new Blackout(Long.parseLong(line(lines, 0)), Long.parseLong(line(lines, 1)));
    }

    /**
     * As the notes of {@link Link#report()}.
     *
     * @return name to text, in the order of the report.
     */
    public Map<String, String> report() {
        final Map<String, String> notes = new LinkedHashMap<>();
        for (final String line : ask(LinkControl.REPORT)) {
            final int sign = line.indexOf('=');
            notes.put(line.substring(0, sign), line.substring(sign + 1));
        }
        return notes;
    }

    private List<String> ask(final String request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            Channels.newOutputStream(channel).write((request + '\n').getBytes(StandardCharsets.UTF_8));
            return checked(request, in.lines().toList());
        } catch (final IOException | RuntimeException e) {
            if (e instanceof TransportException known) {
                throw known;
            }
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the link at " + socket + " does not answer '" + request + "': " + e.getMessage(),
                    e);
        }
    }

    private static List<String> checked(final String request, final List<String> lines) {
        if (!lines.isEmpty() && lines.get(0).equals(LinkControl.OK)) {
            return lines.subList(1, lines.size());
        }
        final String[] words = line(lines, 0).split(" ", 3);
        if (words.length == 3 && words[0].equals(LinkControl.ERROR)) {
            throw new TransportException(TransportException.NextStep.valueOf(words[1]), words[2]);
        }
        throw unintelligible("'" + request + "' with '" + String.join("|", lines) + "'");
    }

    private static String line(final List<String> lines, final int index) {
        if (index >= lines.size()) {
            throw unintelligible("with " + lines.size() + " lines only");
        }
        return lines.get(index);
    }

    private static TransportException unintelligible(final String how) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, "the link answers " + how);
    }
}
