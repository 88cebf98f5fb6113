package io.fizeau.bench.rounds;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Benchmarks of nothing, for tests of what drives them. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgs = "-Xmx64m")
public class TinyBenchmark {
    @Param("none")
    public String transport;

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public long sampled() {
        return System.nanoTime();
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long counted() {
        return System.nanoTime();
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    public long broken() {
        throw new IllegalStateException("the wire is cut");
    }
}
