package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.error.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ErrorLinesTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicLong nowNs = new AtomicLong(-3);

    @Test
    void shouldPrintEachInOneLine() {
        final ErrorLines lines = new ErrorLines(new PrintStream(printed, true, StandardCharsets.UTF_8), nowNs::get);
        lines.onError(TransportException.badRequest("tcp-nio refused somebody"));
        lines.onError(new IllegalStateException("broken"));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("tcp-nio refused somebody", "java.lang.IllegalStateException: broken");
    }

    @Test
    void shouldCountWhatAFloodHasMore() {
        final ErrorLines lines = new ErrorLines(new PrintStream(printed, true, StandardCharsets.UTF_8), nowNs::get);
        for (int i = 0; i < 12; i++) {
            lines.onError(TransportException.badRequest("refused " + i));
        }
        nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
        for (int i = 12; i < 18; i++) {
            lines.onError(TransportException.badRequest("refused " + i));
        }
        lines.end();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "refused 0",
                        "refused 1",
                        "refused 2",
                        "refused 3",
                        "refused 4",
                        "and 7 more",
                        "refused 12",
                        "refused 13",
                        "refused 14",
                        "refused 15",
                        "refused 16",
                        "and 1 more");
    }
}
