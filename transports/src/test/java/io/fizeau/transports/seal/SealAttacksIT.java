package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.keys.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody between two ends that seal, over transports with and without a promise: what he does is refused, counted and named. */
@Timeout(60)
final class SealAttacksIT {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final String TEXT = "nobody else has to know this";

    private final WireTap tap = new WireTap();
    private final Transports transports = Transports.of(
            Transports.installed().transports().values(),
            List.of(tap, new AesGcmLayer(), new ChaCha20Layer(), layer("crc32c")));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Inbox accepted = new Inbox();
    private final Inbox connected = new Inbox();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-nio, chacha20", "tcp-blocking, aes-gcm", "udp, chacha20"})
    void shouldLetNobodyOnTheWayReadAMessage(final String name, final String seal) {
        final Connection connection = connect(name, seal);
        send(connection, TEXT);
        until(() -> accepted.texts.contains(TEXT));

        for (final byte[] seen : tap.seen()) {
            assertThat(new String(seen, StandardCharsets.ISO_8859_1)).doesNotContain("nobody", "know");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-blocking, chacha20"})
    void shouldEndAReliableConnectionWhoseMessageWasAltered(final String name, final String seal) {
        shouldEndTheConnection(name, seal, () -> SealAttacksIT::altered, "it was altered, or sealed with another key");
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, chacha20", "tcp-blocking, aes-gcm"})
    void shouldEndAReliableConnectionOnWhichAMessageWasReplayed(final String name, final String seal) {
        shouldEndTheConnection(name, seal, this::replay, "a sealed message came twice");
    }

    private void shouldEndTheConnection(
            final String name,
            final String seal,
            final Supplier<UnaryOperator<byte[]>> attack,
            final String complaint) {
        final Connection connection = connect(name, seal);
        final Inbox other = new Inbox();
        final Connection unharmed = connectAlso(name, seal, other);
        send(connection, TEXT);
        until(() -> accepted.texts.size() == 1);

        tap.tamper(attack.get());
        send(connection, "tampered with");
        until(() -> connected.reason != null && accepted.reason != null);
        tap.tamper(UnaryOperator.identity());

        assertThat(accepted.reason).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(connected.reason).isIn(CloseReason.PEER_CLOSED, CloseReason.PEER_LOST);
        assertThat(listener().rejectedCount()).isEqualTo(1);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(seal + ": connection from ")
                .endsWith(" closed: " + complaint);
        send(unharmed, TEXT);
        until(() -> accepted.texts.size() == 2);
        assertThat(accepted.texts).containsOnly(TEXT);
        assertThat(other.reason).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes-gcm", "chacha20"})
    void shouldDropAndCountAForgedDatagramAndGoOn(final String seal) {
        final Connection connection = connect("udp", seal);
        tap.tamper(SealAttacksIT::altered);
        send(connection, "tampered with");
        send(connection, "tampered with");
        tap.tamper(UnaryOperator.identity());
        sendUntilItComes(connection);
        until(() -> listener().droppedCount() > 0);

        assertThat(accepted.texts).containsOnly(TEXT);
        assertThat(accepted.reason).isNull();
        assertThat(told)
                .singleElement()
                .asString()
                .endsWith(" a message was dropped, and more may be: it was altered, or sealed with another key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes-gcm", "chacha20"})
    void shouldDropAndCountAReplayedDatagramAndGoOn(final String seal) {
        final Connection connection = connect("udp", seal);
        final int openingMessages = tap.seen().size();
        sendUntilItComes(connection);
        final int sealedMessages = tap.seen().size() - openingMessages;
        tap.tamper(replay());
        until(() -> {
            send(connection, "replaced");
            return listener().droppedCount() > 0;
        });
        tap.tamper(UnaryOperator.identity());
        assertThat(accepted.texts.size()).as("none twice").isLessThanOrEqualTo(sealedMessages);
        sendUntilItComes(connection);

        assertThat(accepted.texts).containsOnly(TEXT);
        assertThat(accepted.reason).isNull();
        assertThat(told).isEmpty(); // a network may do that
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-blocking, aes-gcm", "tcp-nio, chacha20"})
    void shouldRefuseAPeerWithAnotherKey(final String name, final String seal) {
        listenAs(name, seal);
        connectWith(TestKeys.foreign(), name, seal, connected);
        until(() -> connected.reason != null && listener().rejectedCount() > 0);

        assertThat(connected.isOpened).isFalse();
        assertThat(accepted.isOpened).isFalse();
        assertThat(accepted.reason).isNull();
        assertThat(listener().rejectedCount()).isEqualTo(1);
        until(() -> told.size() == 2);
        assertThat(told)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(seal + ": connection from ")
                        .endsWith("give both ends the same folder of keys"));
        assertThat(told).anySatisfy(line -> assertThat(line).startsWith(seal + ": connection to "));
    }

    @Test
    void shouldNotOpenADatagramConnectionToAPeerWithAnotherKey() {
        listenAs("udp", "chacha20?openTimeout=400ms");
        connectWith(TestKeys.foreign(), "udp", "chacha20?openTimeout=400ms", connected);
        until(() -> connected.reason != null && listener().rejectedCount() > 0);

        assertThat(connected.reason).isIn(CloseReason.UNREACHABLE, CloseReason.PEER_CLOSED);
        assertThat(accepted.isOpened).isFalse();
        assertThat(listener().droppedCount()).isPositive();
        assertThat(told).anySatisfy(line -> assertThat(line).contains("give both ends the same folder of keys"));
        assertThat(told).anySatisfy(line -> assertThat(line).endsWith("was not finished within 400 ms"));
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-blocking, chacha20"})
    void shouldRefuseAPeerThatDoesNotSeal(final String name, final String seal) {
        listenAs(name, seal);
        final ConfiguredTransport plain = transports.resolve(name + "?driving=own+tap");
        final Connection stranger = open(plain).connect(listener().address(), connected);
        until(() -> connected.isOpened);
        send(stranger, TEXT);
        until(() -> connected.reason != null);

        assertThat(listener().rejectedCount()).isEqualTo(1);
        assertThat(accepted.texts).isEmpty();
        assertThat(accepted.isOpened).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-blocking, aes-gcm", "udp, chacha20"})
    void shouldRefuseAConnectionThatNeverFinishesItsHandshake(final String name, final String seal) {
        listenAs(name, seal + "?openTimeout=1500ms");
        final Inbox other = new Inbox();
        final Connection unharmed = connectWith(TestKeys.folder(), name, seal, other);
        until(() -> other.isOpened && accepted.isOpened);
        final ConfiguredTransport plain = transports.resolve(name + "?driving=own+tap");
        open(plain).connect(listener().address(), connected);
        until(() -> connected.reason != null);

        assertThat(listener().rejectedCount()).isEqualTo(1);
        assertThat(told).singleElement().asString().endsWith("was not finished within 1500 ms");
        accepted.texts.clear();
        sendUntilItComes(unharmed);
    }

    @ParameterizedTest
    @CsvSource({"tcp-nio, aes-gcm", "tcp-blocking, chacha20"})
    void shouldCountAndNameAPeerThatLeavesInTheMiddleOfTheHandshakeAndNoneThatSaidNothing(
            final String name, final String seal) {
        connect(name, seal);
        final byte[] recordedHello = tap.seen().get(0);
        final Node strangers = open(transports.resolve(name + "?driving=own+tap"));
        final Inbox silent = new Inbox();
        final Connection scanner = strangers.connect(listener().address(), silent);
        until(() -> silent.isOpened);
        scanner.close();
        final Inbox leaving = new Inbox();
        final Connection stranger = strangers.connect(listener().address(), leaving);
        until(() -> leaving.isOpened);
        assertThat(stranger.send(new UnsafeBuffer(recordedHello), 0, recordedHello.length))
                .isEqualTo(SendStatus.ACCEPTED);
        until(() -> !leaving.texts.isEmpty());
        stranger.close();
        until(() -> listener().rejectedCount() > 0);

        assertThat(listener().rejectedCount()).isEqualTo(1);
        until(() -> !told.isEmpty());
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(seal + ": connection from ")
                .contains(" was closed at the other end during the opening exchange");
    }

    @Test
    void shouldNameTheOrderOfTwoLayersWhenTheEndsDiffer() {
        final String keys = "?keys=" + TestKeys.folder();
        final ConfiguredTransport sealedOutside = transports.resolve("tcp-nio+crc32c+aes-gcm" + keys);
        final ConfiguredTransport sealedInside = transports.resolve("tcp-nio+aes-gcm" + keys + "+crc32c");
        assertThat(sealedOutside.guarantees()).isEqualTo(sealedInside.guarantees());
        listen(sealedOutside);
        open(sealedInside).connect(listener().address(), connected);
        until(() -> connected.reason != null);

        assertThat(listener().rejectedCount()).isEqualTo(1);
        assertThat(told).anySatisfy(line -> assertThat(line).startsWith("crc32c: connection from "));
    }

    @Test
    void shouldPromiseWhatTheSealAdds() {
        final ConfiguredTransport plain = transports.resolve("udp");
        final ConfiguredTransport sealed = transports.resolve("udp+chacha20");

        assertThat(sealed.guarantees().all()).containsAll(plain.guarantees().all());
        assertThat(sealed.guarantees().has(Guarantee.ENCRYPTED)).isTrue();
        assertThat(sealed.guarantees().has(Guarantee.AUTHENTICATED)).isTrue();
        assertThat(sealed.guarantees().has(Guarantee.RELIABLE)).isFalse();
        assertThat(sealed.guarantees().maxMessageBytes())
                .isEqualTo(plain.guarantees().maxMessageBytes() - Wire.GROWTH_BYTES);
    }

    @Test
    void shouldSayWhatToDoWhereThereAreNoKeys() {
        final ConfiguredTransport transport = transports.resolve("tcp-nio+aes-gcm?keys=/nowhere/at/all");

        assertThat(transport.availability().isAvailable()).isFalse();
        assertThat(transport.availability().reason())
                .contains("/nowhere/at/all")
                .contains("fizeau keys");
    }

    private Connection connect(final String name, final String seal) {
        listenAs(name, seal);
        final Connection connection = connectWith(TestKeys.folder(), name, seal, connected);
        until(() -> connected.isOpened && accepted.isOpened);
        return connection;
    }

    private Connection connectAlso(final String name, final String seal, final Inbox inbox) {
        final Connection connection = connectWith(TestKeys.folder(), name, seal, inbox);
        until(() -> inbox.isOpened);
        return connection;
    }

    private void listenAs(final String name, final String seal) {
        listen(transports.resolve(spec(name, seal, TestKeys.folder())));
    }

    private void listen(final ConfiguredTransport transport) {
        accepted.listener = open(transport).listen(transport.loopbackAddress(), accepted);
    }

    private Connection connectWith(final Path keys, final String name, final String seal, final Inbox inbox) {
        return open(transports.resolve(spec(name, seal, keys)))
                .connect(listener().address(), inbox);
    }

    private static String spec(final String name, final String seal, final Path keys) {
        return name + "?driving=own+tap+" + seal + (seal.contains("?") ? '&' : '?') + "keys=" + keys;
    }

    private Listener listener() {
        return Objects.requireNonNull(accepted.listener, "nobody listens");
    }

    private Node open(final ConfiguredTransport transport) {
        final Node node = transport.open(
                NodeContext.named("node" + nodes.size(), error -> told.add(String.valueOf(error.getMessage()))));
        nodes.add(node);
        return node;
    }

    private static void send(final Connection connection, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(connection.send(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(SendStatus.ACCEPTED);
    }

    private void sendUntilItComes(final Connection connection) {
        final int before = accepted.texts.size();
        until(() -> {
            send(connection, TEXT);
            return accepted.texts.size() > before;
        });
    }

    private void until(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs)
                    .as("waited in vain; told %s", told)
                    .isLessThan(LIMIT_NS);
            nodes.forEach(node -> node.poll(10));
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static byte[] altered(final byte[] sealed) {
        sealed[sealed.length / 2] ^= 16;
        return sealed;
    }

    /** Puts the sealed message that was sent last in the place of all that follow. */
    private UnaryOperator<byte[]> replay() {
        final byte[] recorded = tap.seen().get(tap.seen().size() - 1);
        return any -> recorded;
    }

    private static TransformLayer layer(final String name) {
        return (TransformLayer)
                Objects.requireNonNull(Transports.installed().layers().get(name), name);
    }

    /** What came to one end. */
    private static final class Inbox implements ConnectionHandler {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private volatile @Nullable Listener listener;
        private volatile boolean isOpened;
        private volatile @Nullable CloseReason reason;

        @Override
        public void onOpen(final Connection opened) {
            isOpened = true;
        }

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            texts.add(buffer.getStringWithoutLengthAscii(offset, length));
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection closed, final CloseReason why) {
            reason = why;
        }
    }
}
