package io.fizeau.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void shouldReadTheHardLimit() {
        assertThat(OpenFiles.most("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max processes             96365                96365                processes
                        Max open files            1024                 524288               files
                        """)).hasValue(524_288);
    }

    @Test
    void shouldNameTheLimitThatStopsConnections() {
        assertThat(OpenFiles.hindrance(10_000, 1, OptionalLong.of(4096)))
                .hasValue("10000 connections need 10200 open files at each end, and a process may have 4096:"
                        + " raise the hard limit (ulimit -Hn 20000)");
        assertThat(OpenFiles.hindrance(10_000, 1, OptionalLong.of(20_000))).isEmpty();
        assertThat(OpenFiles.hindrance(10_000, 1, OptionalLong.empty())).isEmpty();
    }

    @Test
    void shouldCountBothEndsOfAConnectionWhereOneProcessHasThem() {
        assertThat(OpenFiles.hindrance(10_000, 2, OptionalLong.of(20_000)))
                .hasValue(
                        "10000 connections need 20200 open files in a process that has both ends, and a process may have"
                                + " 20000: raise the hard limit (ulimit -Hn 40000)");
        assertThat(OpenFiles.hindrance(10_000, 2, OptionalLong.of(20_200))).isEmpty();
    }

    @Test
    void shouldKnowNoLimitWhereThereIsNoneOrNoFile() {
        assertThat(OpenFiles.most("Max open files            1024                 unlimited            files"))
                .isEmpty();
        assertThat(OpenFiles.most("unavailable: no such file")).isEmpty();
    }
}
