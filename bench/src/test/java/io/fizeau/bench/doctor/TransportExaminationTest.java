package io.fizeau.bench.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.doctor.Finding.Level;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransportExaminationTest {
    @Test
    void shouldNameTheLimitOfOpenFilesWhereThousandsOfConnectionsDoNotFit() {
        assertThat(find("open files", OptionalLong.of(1024), Availability.yes()))
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARN);
                    assertThat(finding.text()).contains("1024");
                    assertThat(finding.advice()).contains("ulimit -Hn 20000");
                });
        assertThat(find("open files", OptionalLong.of(20_000), Availability.yes())
                        .level())
                .isEqualTo(Level.OK);
        assertThat(find("open files", OptionalLong.empty(), Availability.yes()).level())
                .isEqualTo(Level.OK);
    }

    @Test
    void shouldSayHowToMakeKeysThatAreMissing() {
        Finding finding = find("keys", OptionalLong.empty(), Availability.no("make them by: fizeau keys"));

        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.advice()).isEqualTo("make them by: fizeau keys");
    }

    @Test
    void shouldTellWhetherThereAreVirtualThreadsAndConscrypt() {
        for (String subject : List.of("virtual threads", "Conscrypt")) {
            assertThat(find(subject, OptionalLong.empty(), Availability.yes()).text())
                    .matches("(can be had: |not to be had as in ).*");
        }
    }

    private static Finding find(String subject, OptionalLong openFiles, Availability keys) {
        return TransportExamination.findings(Transports.installed(), openFiles, keys).stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
