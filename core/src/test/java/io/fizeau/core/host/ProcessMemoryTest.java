package io.fizeau.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
    private static final int PAGE = 4096;
    private static final String HEAP_INFO = """
            def new generation   total 157248K, used 25417K [0x00000000e0000000, 0x00000000eaaa0000, 0x00000000eaaa0000)
             tenured generation   total 349568K, used 0K [0x00000000eaaa0000, 0x0000000100000000, 0x0000000100000000)
            """;

    private static final String SMAPS = """
            e0000000-eaaa0000 rw-p 00000000 00:00 0
            Size:             174720 kB
            Rss:               30000 kB
            eaaa0000-100000000 rw-p 00000000 00:00 0
            Rss:                4000 kB
            7f0000000000-7f0000100000 rw-p 00000000 00:00 0
            Rss:                 100 kB
            7f0000200000-7f0000300000 r-xp 00000000 fd:00 42      /lib/libc.so
            Rss:                  11 kB
            """;

    @Test
    void shouldTellWhatIsResidentOutsideTheHeap() {
        assertThat(ProcessMemory.outside(SMAPS, HEAP_INFO)).hasValue(111 * 1024);
    }

    @Test
    void shouldTellNothingWhereEitherIsNotKnown() {
        assertThat(ProcessMemory.outside(SMAPS, "unavailable: no such command")).isEmpty();
        assertThat(ProcessMemory.outside("unavailable: no such file", HEAP_INFO))
                .isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSeeWhatIsHeldAndWhereItIs(@TempDir Path folder) throws IOException {
        int bytes = 32 << 20;
        try (FileChannel file = FileChannel.open(
                folder.resolve("mapped"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            // The first one gives back what others have left.
            assertThat(ProcessMemory.afterCollection().heapBytes()).isPositive();
            ProcessMemory before = ProcessMemory.afterCollection();
            byte[] onHeap = new byte[bytes];
            // What an allocator hands out may have been resident before.
            MappedByteBuffer outside = file.map(FileChannel.MapMode.READ_WRITE, 0, 4L * bytes);
            for (int i = 0; i < outside.capacity(); i += PAGE) {
                outside.put(i, (byte) 1);
            }
            ProcessMemory with = ProcessMemory.afterCollection();

            assertThat(with.heapBytes() - before.heapBytes()).isBetween(bytes * 3L / 4, bytes * 5L / 4);
            assertThat(with.outsideBytes().orElseThrow() - before.outsideBytes().orElseThrow())
                    .isBetween(bytes * 3L, bytes * 5L);
            // Both are reachable up to here.
            assertThat(onHeap.length + outside.capacity()).isEqualTo(5 * bytes);
        }
    }
}
