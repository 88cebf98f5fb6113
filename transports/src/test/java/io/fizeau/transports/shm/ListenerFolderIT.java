package io.fizeau.transports.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder is removed by its own listener, or once that is dead, however close others are behind. */
@Timeout(60)
class ListenerFolderIT {
    private static final int MAX_MESSAGE = ShmTransport.LEAST_MESSAGE_BYTES;
    private static final int ROUNDS = 100;
    private static final int AT_ONCE = 2;

    @TempDir
    private Path folder;

    private Path place;
    private ProcessIdentity self;

    @BeforeEach
    void prepare() throws IOException {
        place = folder.resolve("listener");
        self = ProcessIdentity.self();
    }

    @Test
    void shouldPutBackTheFolderOfAListenerThatWasFaster() throws IOException {
        final ListenerFolder faster = create(self);
        final Offer offer = ListenerFolder.read(place);
        assertThat(Leftover.remove(place, self)).isFalse();
        assertThat(ListenerFolder.read(place)).isEqualTo(offer);
        faster.close();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void shouldRemoveOneOfADeadListenerOnce() throws Exception {
        SharedMemory.closed(create(dead()));
        assertThat(Leftover.remove(place, self)).isTrue();
        assertThat(Leftover.remove(place, self)).isTrue();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void shouldLeaveWhatAnotherListenerHasPutInItsPlace() throws IOException {
        final ListenerFolder first = create(self);
        ListenerFolder.delete(place);
        final ListenerFolder second = create(self);
        final Offer offer = ListenerFolder.read(place);
        first.close();
        assertThat(ListenerFolder.read(place)).isEqualTo(offer);
        second.close();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void shouldLetOneOfTwoTakeThePlaceOfADeadListener() throws Exception {
        final ProcessIdentity dead = dead();
        final CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        final Callable<ListenerFolder> listening = () -> {
            start.await();
            try {
                return create(self);
            } catch (final TransportException e) {
                assertThat(e).hasMessageContaining("is taken");
                return null;
            }
        };
        final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                SharedMemory.closed(create(dead));
                final List<ListenerFolder> made = new ArrayList<>();
                for (final Future<ListenerFolder> each : threads.invokeAll(List.of(listening, listening))) {
                    if (each.get() != null) {
                        made.add(each.get());
                    }
                }
                assertThat(made).hasSize(1);
                assertThat(ListenerFolder.read(place).maker()).isEqualTo(self);
                made.get(0).close();
                assertThat(filesIn(folder)).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private ListenerFolder create(final ProcessIdentity maker) {
        return ListenerFolder.create(new LocalPath(place.toString()), MAX_MESSAGE, maker);
    }

    private ProcessIdentity dead() throws Exception {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        return new ProcessIdentity(dead.pid(), self.startTicks(), self.namespace());
    }

    private static List<Path> filesIn(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
