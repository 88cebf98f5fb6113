package io.fizeau.bench.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.plan.BenchmarkCatalog;
import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunPlanner;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.plan.ServerPlace;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another build lacks is found before anything is measured, and said in one line. */
class OtherSideTest {
    private static final String CLOSED = "RoundTripBenchmark_closed_jmhTest S 6 closed S 10 ";

    @TempDir
    Path directory;

    @Test
    void shouldKnowWhichBuildItIs() throws IOException {
        OtherBuild build = open(new BuildJar());

        assertThat(build.facts().version()).isEqualTo("0.0.9");
        assertThat(build.facts().dependencies()).containsEntry("jmh", "1.37");
        assertThat(build.facts().jarSha256()).isEqualTo(BuildFacts.sha256(build.jar()));
        assertThat(build.facts().gitCommit()).isEqualTo("unavailable: a jar does not tell");
    }

    @Test
    void shouldRefuseABuildWithoutWhatThisHarnessHasForksLoad() {
        assertRefused(
                () -> open(new BuildJar().without("io/fizeau/bench/jmh/NoiseProfiler.class")),
                "no io.fizeau.bench.jmh.NoiseProfiler");
        assertRefused(() -> open(new BuildJar().with("META-INF/BenchmarkList", "")), "is no benchmarks jar");
        assertRefused(() -> open(new BuildJar().with("META-INF/BenchmarkList", "JMH S 5")), "cannot be read");
    }

    @Test
    void shouldRefuseABuildOfAnotherJmh() throws IOException {
        OtherBuild build =
                open(new BuildJar().with("io/fizeau/bench/runfolder/build.properties", "version=0.0.9\njmh=1.40\n"));

        assertRefused(() -> build.requireSameJmh(BuildFacts.read(directory)), "has JMH 1.40 and this build JMH 1.37");
    }

    @Test
    void shouldRefuseABuildThatMeasuresSomethingElseByTheSameName() {
        assertRefused(
                () -> side(new BuildJar().replace(CLOSED + "SampleTime", CLOSED + "Throughput")),
                "measures something else by RoundTripBenchmark.closed: mode Throughput there, SampleTime here");
        assertRefused(
                () -> side(new BuildJar().replace("S 6 closed", "S 6 opened")),
                "has no benchmark RoundTripBenchmark.closed: choose others with --suites");
    }

    @Test
    void shouldRefuseABuildWithAParameterThatThisOneCannotSet() {
        assertRefused(
                () -> side(new BuildJar().replace("9 clientCpu ", "9 clientXpu ")),
                "has a parameter clientXpu of RoundTripBenchmark.closed that this build does not have");
    }

    @Test
    void shouldSayWhatABuildAnswersThatIsOfAnotherInterface() {
        assertRefused(() -> side(new BuildJar()), "does not go with this build (asked for its transports it said: ");
    }

    private OtherBuild open(BuildJar jar) throws IOException {
        return OtherBuild.ofJar("other.jar", jar.write(directory.resolve("other.jar")));
    }

    private OtherSide side(BuildJar jar) throws IOException {
        return OtherSide.of(open(jar), List.of(), plan());
    }

    private static RunPlan plan() {
        return new RunPlanner(BenchmarkCatalog.installed(), Transports.installed())
                .plan(new RunRequest(
                        Profile.QUICK,
                        List.of("tcp-nio"),
                        List.of(),
                        List.of(),
                        List.of("roundtrip"),
                        List.of(),
                        1,
                        1,
                        new ServerPlace("process"),
                        JmhArguments.parse(List.of())));
    }

    private static void assertRefused(ThrowingCallable examined, String named) {
        assertThatThrownBy(examined)
                .isInstanceOf(TransportException.class)
                .message()
                .startsWith("--against other.jar ")
                .contains(named)
                .hasLineCount(1);
    }
}
