package io.fizeau.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvExportTest {
    private static final Progress SILENT = new Progress(line -> {}, () -> 0);

    @TempDir
    private Path temp;

    @Test
    void shouldWriteTheColumnsThatNotebooksRead() throws IOException {
        final Path run = StoreFixture.run(temp.resolve("runs"), "csv", 1, 8_000);
        final Path out = temp.resolve("out");

        assertThat(CsvExport.write(List.of(run), out, SILENT).read()).isEqualTo(1);

        assertThat(heading(out, "runs"))
                .isEqualTo(
                        "run,label,started_at,ended_at,complete,incomplete_reason,profile,topology,version,commit,cpu,"
                                + "processors,kernel,jdk,command,interleaved_id,side");
        assertThat(heading(out, "rows"))
                .isEqualTo("run,row,benchmark,benchmark_full,mode,transport,regime,message_bytes,rate,impair,params,"
                        + "forks_ok,forks_failed,valid,reasons,remarks");
        assertThat(heading(out, "forks"))
                .isEqualTo(
                        "run,row,benchmark,transport,message_bytes,rate,impair,fork,round,metric,unit,better,value,valid");
        assertThat(heading(out, "percentiles"))
                .isEqualTo(
                        "run,row,benchmark,transport,message_bytes,rate,impair,fork,latency,percentile,value_ns,beyond,valid");
        assertThat(heading(out, "edges")).isEqualTo("run,transport,message_bytes,held_per_s,failed_per_s,state,why");
        assertThat(out.resolve("colours.json")).content().contains("\"tcp-nio\"");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(StoreTable.values().length + 1);
        }
    }

    @Test
    void shouldWriteWhatWasMeasured() throws IOException {
        final Path run = StoreFixture.run(temp.resolve("runs"), "csv", 1, 8_000);
        final Path out = temp.resolve("out");
        CsvExport.write(List.of(run), out, SILENT);

        assertThat(out.resolve("runs.csv"))
                .content()
                .contains(
                        "20260103T101112Z-csv,\"csv, \"\"quoted\"\"\",2026-01-03T10:11:12.345678901Z,",
                        ",2,Linux version 6");
        assertThat(out.resolve("rows.csv"))
                .content()
                .contains(
                        "20260103T101112Z-csv,0,RoundTripBenchmark.closed,io.fizeau.bench.suite.RoundTripBenchmark.closed,"
                                + "sample,tcp-nio,spinning,32,,,\"{\"\"messageBytes\"\":\"\"32\"\",\"\"transport\"\":\"\"tcp-nio\"\"}\","
                                + "3,1,false,\"1 of 4 forks failed: it \"\"broke\"\",\nbadly\"")
                .contains(",OpenLoopBenchmark.offered,", ",tcp-nio,spinning,32,10000,,");
        assertThat(out.resolve("forks.csv"))
                .content()
                .contains(
                        "20260103T101112Z-csv,0,RoundTripBenchmark.closed,tcp-nio,32,,,3,1,p50,ns,less,8001,false\r\n",
                        "20260103T101112Z-csv,1,RoundTripBenchmark.closed,udp?mtu=1400,32,,,1,0,p50,ns,less,8800,",
                        ",tcp-nio,32,10000,,2,0,p99,ns,less,12000.25,")
                .doesNotContain("NaN", "E-", "null");
        assertThat(out.resolve("percentiles.csv"))
                .content()
                .contains(
                        "20260103T101112Z-csv,0,RoundTripBenchmark.closed,tcp-nio,32,,,0,sample,50,8000,1020,false\r\n");
    }

    @Test
    void shouldHoldTheNamedRunsAndLeaveTheFilesIfNoneCanBeRead() throws IOException {
        final Path runs = temp.resolve("runs");
        final Path out = temp.resolve("out");
        CsvExport.write(List.of(StoreFixture.run(runs, "a", 1, 8_000)), out, SILENT);
        CsvExport.write(List.of(StoreFixture.run(runs, "b", 1, 8_000)), out, SILENT);
        assertThat(out.resolve("runs.csv")).content().contains("Z-b,").doesNotContain("Z-a,");

        final ExportReport none = CsvExport.write(List.of(runs.resolve("none")), out, SILENT);

        assertThat(none.problems()).containsExactly(runs.resolve("none") + ": there is no such run folder or file");
        assertThat(out.resolve("runs.csv")).content().contains("Z-b,");
    }

    private static String heading(final Path out, final String table) throws IOException {
        return Files.readAllLines(out.resolve(table + ".csv")).get(0);
    }
}
