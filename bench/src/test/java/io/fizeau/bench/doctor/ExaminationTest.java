package io.fizeau.bench.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExaminationTest {
    @ParameterizedTest
    @CsvSource({
        "processors, availableProcessors, 1, BAD",
        "processors, availableProcessors, 2, WARN",
        "processors, availableProcessors, 8, OK",
        "container's quota, cgroupCpuMax, 150000 100000, BAD",
        "container's quota, cgroupCpuMax, max 100000, OK",
        "hyper-threading, smt, 1, WARN",
        "turbo, turbo, on, WARN",
        "frequency governor, governor, powersave, WARN",
        "frequency governor, governor, unavailable: no such file, OK",
        "load, loadAverage, 9.00 1 1, BAD",
        "load, loadAverage, 0.10 1 1, OK",
        "pressure, pressureCpu, some avg10=40.00 avg60=1, WARN",
        "/dev/shm, devShmFreeBytes, 67108864, WARN",
        "huge pages, transparentHugePages, always, WARN",
        "congestion control, congestionControl, bbr, WARN",
        "net.core.rmem_max, maxReceiveBuffer, 212992, WARN",
        "net.core.rmem_max, maxReceiveBuffer, 4194304, OK"
    })
    void shouldJudgeAndAdvise(String subject, String key, String value, Level level) {
        Map<String, String> host = new HashMap<>(Map.of("availableProcessors", "8"));
        host.put(key, value);

        Finding finding = find(host, subject);

        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.advice().isEmpty()).isEqualTo(level == Level.OK);
    }

    @Test
    void shouldTakeNothingAmissThatIsNotKnown() {
        Map<String, String> host = Map.of("availableProcessors", "8", "devShmFreeBytes", "1073741824");

        assertThat(all(host)).filteredOn(finding -> finding.level() != Level.OK).isEmpty();
    }

    @Test
    void shouldTellTheShareThatWentToOtherGuests() {
        CpuTime before = CpuTime.parse("cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1");
        CpuTime after = CpuTime.parse("cpu  150 0 100 840 0 0 0 10 50 0\ncpu0 1");

        assertThat(after.stealShareSince(before)).isEqualTo(0.1);
        assertThat(CpuTime.parse("unavailable: none").stealShareSince(before)).isNaN();
    }

    private static Finding find(Map<String, String> host, String subject) {
        return all(host).stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> all(Map<String, String> host) {
        List<Finding> all = new ArrayList<>(ProcessorExamination.findings(host));
        all.addAll(LoadExamination.findings(host));
        all.addAll(MemoryExamination.findings(host));
        all.addAll(NetworkExamination.findings(host));
        return all;
    }
}
