package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.plan.ServerPlace;
import io.fizeau.bench.runfolder.Redaction;
import io.fizeau.bench.settings.UserIdentity;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactOptionTest {
    private static final UserIdentity NOBODY = new UserIdentity("", "");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4000", "aeron:udp?endpoint=127.0.0.1:4000#1"})
    void shouldLeaveOutTheNameOfAFarHostThatWasNamedByANumber(final String server) {
        final Redaction redaction = RedactOption.redaction(
                List.of("here.example.net"),
                new ServerPlace(server),
                "{\"schema\": \"fizeau.far/1\", \"host\": {\"hostName\": \"atlas.example.org\"}}",
                NOBODY);
        assertThat(redaction.text("atlas, atlas.example.org at 127.0.0.1, and here, here.example.net"))
                .isEqualTo("<host>, <host> at <host>, and <host>, <host>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "/tmp/socket"})
    void shouldLeaveOutThisHostAloneWhereThereIsNoOther(final String server) {
        final Redaction redaction =
                RedactOption.redaction(List.of("here", "unavailable: why"), new ServerPlace(server), "", NOBODY);
        assertThat(redaction.text("here, 10.1, unavailable")).isEqualTo("<host>, 10.1, unavailable");
    }
}
