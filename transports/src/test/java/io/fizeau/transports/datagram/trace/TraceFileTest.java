package io.fizeau.transports.datagram.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {
    private static final TraceHeader HEADER =
            new TraceHeader(0xfedcba9876543210L, TraceHeader.Role.SERVER, 4711, "arq-nak", "far end", "boot-1");

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        final TraceRecorder recorder = new TraceRecorder(HEADER, 100);
        for (final Event event : Event.values()) {
            recorder.record(
                    1_000 + event.name().length(),
                    event,
                    Long.MAX_VALUE,
                    -1,
                    -event.name().length());
        }

        final Path file = TraceFile.write(folder.resolve("made/for/it"), recorder.trace());
        final Trace read = TraceFile.read(file);

        assertThat(file).hasFileName("4711-far_end-fedcba9876543210-server.trace");
        assertThat(read.header()).isEqualTo(HEADER);
        assertThat(read.size()).isEqualTo(Event.values().length);
        assertThat(read.notKept()).isZero();
        for (int i = 0; i < read.size(); i++) {
            final Event event = List.of(Event.values()).get(i);
            assertThat(read.event(i)).isEqualTo(event);
            assertThat(read.nowNs(i)).isEqualTo(1_000 + event.name().length());
            assertThat(read.number(i)).isEqualTo(Long.MAX_VALUE);
            assertThat(read.sequence(i)).isEqualTo(-1);
            assertThat(read.length(i)).isEqualTo(-event.name().length());
        }
    }

    @Test
    void shouldKeepThePlaceOfEachEventInTheFormat() {
        // A file of version 1 means these. Whoever changes the order makes a new version.
        assertThat(Event.values())
                .startsWith(
                        Event.ACCEPTED,
                        Event.SENT,
                        Event.RESENT,
                        Event.ACKNOWLEDGED,
                        Event.LOST,
                        Event.TIMEOUT,
                        Event.RECEIVED,
                        Event.DUPLICATE,
                        Event.REQUESTED,
                        Event.RESTORED,
                        Event.DELIVERED,
                        Event.DISCARDED);
    }

    @Test
    void shouldKeepTheOldestRecordsAndCountTheOthers() throws IOException {
        final TraceRecorder recorder = new TraceRecorder(HEADER, 3);
        for (int i = 0; i < 10; i++) {
            recorder.record(i, Event.SENT, i, i, 1);
        }

        final Trace read = TraceFile.read(TraceFile.write(folder, recorder.trace()));

        assertThat(read.size()).isEqualTo(3);
        assertThat(read.nowNs(2)).isEqualTo(2);
        assertThat(read.notKept()).isEqualTo(7);
    }

    @Test
    void shouldNotChangeAViewByLaterRecords() {
        final TraceRecorder recorder = new TraceRecorder(HEADER, 3);
        recorder.record(1, Event.SENT, 1, 1, 1);

        final Trace view = recorder.trace();
        recorder.record(2, Event.SENT, 2, 2, 2);

        assertThat(view.size()).isEqualTo(1);
        assertThat(recorder.trace().size()).isEqualTo(2);
    }

    @Test
    void shouldAllocateNothingForARecord() {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        final TraceRecorder recorder = new TraceRecorder(HEADER, 100_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 10_000; i++) {
                recorder.record(i, Event.SENT, i, i, 1);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }

        assertThat(least).isLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20, 55, 60, 90, 161})
    void shouldRefuseAFileThatIsCutShort(final int bytes) throws IOException {
        final Path file = written();
        final byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isGreaterThan(bytes);
        Files.write(file, Arrays.copyOf(whole, bytes));

        assertRefused(file);
    }

    @Test
    void shouldRefuseAYoungerVersionAndSayBoth() throws IOException {
        final Path file = written();
        final byte[] bytes = Files.readAllBytes(file);
        bytes[8] = 9;
        Files.write(file, bytes);

        assertThatThrownBy(() -> TraceFile.read(file))
                .hasMessageContaining("version 9")
                .hasMessageContaining("version 1");
    }

    @Test
    void shouldNeverThrowAnythingButOneLineForAlteredFiles() throws IOException {
        final Path file = written();
        final byte[] good = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 0; at < good.length; at++) {
            for (final int value : new int[] {0xff, 0x7f, 0x80}) {
                final byte[] bytes = good.clone();
                bytes[at] = (byte) value;
                Files.write(file, bytes);
                try {
                    TraceFile.read(file);
                } catch (final TransportException e) {
                    assertThat(e.getMessage()).doesNotContain("\n").contains(file.toString());
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void shouldReadTheSettingsOfThisJvm() {
        assertThat(TraceSettings.parse("", "")).isEqualTo(new TraceSettings(0, Optional.empty()));
        assertThat(TraceSettings.parse("/x", ""))
                .isEqualTo(new TraceSettings(TraceSettings.DEFAULT_RECORDS, Optional.of(Path.of("/x"))));
        assertThat(TraceSettings.parse("", "5")).isEqualTo(new TraceSettings(5, Optional.empty()));
        assertThatThrownBy(() -> TraceSettings.parse("", "many")).hasMessageContaining("traceRecords=many");
        assertThatThrownBy(() -> TraceSettings.parse("", "-1")).hasMessageContaining("0 to ");
    }

    private Path written() throws IOException {
        final TraceRecorder recorder = new TraceRecorder(HEADER, 10);
        recorder.record(1, Event.ACCEPTED, 0, 5, 5);
        recorder.record(2, Event.SENT, 0, 5, 100);
        recorder.record(3, Event.DELIVERED, 0, -1, 100);
        return TraceFile.write(folder, recorder.trace());
    }

    private static void assertRefused(final Path file) {
        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(file.toString());
    }
}
