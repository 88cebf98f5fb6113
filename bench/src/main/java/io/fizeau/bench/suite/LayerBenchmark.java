package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Opening;
import io.fizeau.core.layer.Transform;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.transports.keys.KeyFolder;
import io.fizeau.transports.keys.KeyMaker;
import io.fizeau.transports.keys.KeyRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a layer cost a message beside the library call in it?
 *
 * <p>{@link #encoded} turns a message into what travels, from one array into another, and its baseline is {@link #libraryEncoded}, the
 * bare call over the same bytes. {@link #bothEnds} takes it to memory outside the heap, as a transport does, and turns it back; its
 * baseline is {@link #libraryBothEnds}, the bare calls of both ends and the same way between them. Nothing is sent.
 */
@State(Scope.Thread)
@Threads(1)
@Fork(
        value = 3,
        jvmArgs = {
            BenchmarkJvm.ADD_OPENS,
            BenchmarkJvm.NATIVE_ACCESS,
            BenchmarkJvm.COLLECTOR,
            BenchmarkJvm.HEAP_MIN,
            BenchmarkJvm.HEAP_MAX
        })
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LayerBenchmark {
    private static final int ROOM_BYTES = 64;
    private static final long SEED = 42;

    /** Which layer. */
    @Param({"crc32c", "aes-gcm", "chacha20"})
    public String layer;

    /** Length of a message, in bytes. */
    @Param({"32", "1024", "16384"})
    public int size;

    private UnsafeBuffer message;
    private UnsafeBuffer encoded;
    private UnsafeBuffer travelled;
    private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);
    private LibraryCalls library;
    private Transform connecting;
    private Transform accepting;
    private Path folder;

    /**
     * Opens a layer's two ends, one at each side of no transport.
     *
     * @throws IOException if no keys can be made.
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        final byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        message = new UnsafeBuffer(bytes);
        encoded = new UnsafeBuffer(new byte[size + ROOM_BYTES]);
        travelled = new UnsafeBuffer(ByteBuffer.allocateDirect(size + ROOM_BYTES));
        library = LibraryCalls.of(layer, bytes);
        final TransformLayer measured = (TransformLayer)
                Objects.requireNonNull(Transports.installed().layers().get(layer), "no such layer");
        final Guarantees below = Guarantees.of(
                1 << 20, Guarantee.RELIABLE, Guarantee.ORDERED, Guarantee.KEEPS_BOUNDARIES, Guarantee.DUPLEX);
        final TransformSource source = measured.source(settings(measured.options()), below);
        connecting = source.newTransform(true);
        accepting = source.newTransform(false);
        converse(source.openingBytes());
    }

    /**
     * Removes the keys.
     *
     * @throws IOException if they cannot be removed.
     */
    @TearDown(Level.Trial)
    public void removeKeys() throws IOException {
        if (folder != null) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /**
     * The sending end's half of a layer.
     *
     * @return the length of the outcome.
     */
    @Benchmark
    public int encoded() {
        final int length = connecting.encode(message, 0, size, encoded);
        connecting.onAccepted();
        return length;
    }

    /**
     * The library's part of it.
     *
     * @return what the library returned.
     */
    @Benchmark
    public long libraryEncoded() {
        return library.encode();
    }

    /**
     * Both halves of a layer.
     *
     * @return the message's length.
     */
    @Benchmark
    public int bothEnds() {
        final int length = connecting.encode(message, 0, size, encoded);
        connecting.onAccepted();
        travelled.putBytes(0, encoded, 0, length);
        if (accepting.decode(travelled, 0, length, decoded) != Decoded.MESSAGE) {
            throw new IllegalStateException(accepting.complaint());
        }
        return decoded.capacity();
    }

    /**
     * The library's part of both, and the way between them.
     *
     * @return what the library returned last.
     */
    @Benchmark
    public long libraryBothEnds() {
        return library.encode() + library.decode(travelled);
    }

    private Settings settings(final List<Option<?>> options) throws IOException {
        if (!options.contains(KeyFolder.KEYS)) {
            return Settings.of(layer, options, Map.of());
        }
        folder = Files.createTempDirectory("fizeau-keys");
        final Path keys =
                KeyMaker.make(folder.resolve("keys"), KeyRequest.forThisHost()).path();
        return Settings.of(layer, options, Map.of(KeyFolder.KEYS.name(), keys.toString()));
    }

    /** Lets both ends say what they have to say before the first message. */
    private void converse(final int openingBytes) {
        final UnsafeBuffer words = new UnsafeBuffer(new byte[openingBytes]);
        Transform speaker = connecting;
        Transform hearer = accepting;
        Opening.Step step = Opening.Step.SAY;
        while (true) {
            final Opening speaking = speaker.opening();
            final Opening hearing = hearer.opening();
            if (speaking == null || hearing == null) {
                break;
            }
            final int length = speaking.words(words);
            hearer.decode(words, 0, length, decoded);
            step = hearing.hear(words, 0, length);
            if (step == Opening.Step.OPEN) {
                return;
            }
            final Transform heard = hearer;
            hearer = speaker;
            speaker = heard;
        }
    }
}
