package io.fizeau.bench.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuPlacementTest {
    @Test
    void shouldPinNothingWhereThereIsOneProcessor() {
        final CpuPlacement placement = CpuPlacement.choose("auto", "auto", CpuSet.of(0));
        assertThat(placement).isEqualTo(new CpuPlacement(OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void shouldTakeProcessorsAsTheyAreGiven() {
        final CpuPlacement placement = CpuPlacement.choose("none", "0", CpuSet.of(0, 1));
        assertThat(placement).isEqualTo(new CpuPlacement(OptionalInt.empty(), OptionalInt.of(0)));
    }

    @Test
    void shouldNotPutBothEndsOnOneProcessorUnlessAskedTo() {
        // Numbers that no machine has: each counts as a core of its own.
        final CpuSet allowed = CpuSet.of(900, 901);
        assertThat(CpuPlacement.choose("901", "auto", allowed))
                .isEqualTo(new CpuPlacement(OptionalInt.of(901), OptionalInt.of(900)));
        assertThat(CpuPlacement.choose("auto", "900", allowed))
                .isEqualTo(new CpuPlacement(OptionalInt.of(901), OptionalInt.of(900)));
        assertThat(CpuPlacement.choose("900", "900", allowed))
                .isEqualTo(new CpuPlacement(OptionalInt.of(900), OptionalInt.of(900)));
    }

    @Test
    void shouldLeaveTheFirstProcessorToInterruptsWhereThereAreEnough() {
        assertThat(CpuPlacement.choose("auto", "auto", CpuSet.of(900, 901, 902)))
                .isEqualTo(new CpuPlacement(OptionalInt.of(901), OptionalInt.of(902)));
    }

    @ParameterizedTest
    @CsvSource({"7, clientCpu=7 is not among the processors this process may use: 0-1", "x, clientCpu=x must be auto"})
    void shouldNameAProcessorThatCannotBeHad(final String cpu, final String message) {
        assertThatThrownBy(() -> CpuPlacement.choose(cpu, "auto", CpuSet.of(0, 1)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"'0-3,8', '0-3,8'", "'5', '5'", "'3,1,2', '1-3'", "'', ''"})
    void shouldReadAndWriteTheKernelsListOfProcessors(final String text, final String again) {
        assertThat(CpuSet.parse(text)).hasToString(again);
    }

    @Test
    void shouldPinAThreadAndNotTheOthers() throws InterruptedException {
        final CpuSet allowed = CpuAffinity.allowed();
        final PinnedThreads threads = new PinnedThreads("test", allowed);
        final String[] trouble = {""};
        final Thread thread = threads.newThread(
                () -> trouble[0] = CpuAffinity.set(CpuSet.of(allowed.get(0))), CpuSet.of(allowed.get(0)));
        thread.start();
        thread.join();
        assertThat(threads.pinTrouble()).isEqualTo(trouble[0]);
        assertThat(CpuAffinity.allowed()).isEqualTo(allowed);
    }

    @Test
    void shouldSayWhyAThreadCannotBePinned() {
        assertThat(CpuAffinity.set(CpuSet.of(1023))).isNotEmpty();
        assertThat(CpuAffinity.set(CpuSet.of(2_000))).isNotEmpty();
    }
}
