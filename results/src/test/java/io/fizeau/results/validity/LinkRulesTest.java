package io.fizeau.results.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkRulesTest {
    @TempDir
    private Path temp;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning");
    }

    @Test
    void shouldBelieveARowOverALinkThatDidWhatItWasAskedTo() {
        builder.closed(0, "tcp-nio", 8000).note("link", "tun").note("link.verdict", "ok");
        assertThat(validity().reasons()).isEmpty();
    }

    @Test
    void shouldNotBelieveARowIfPacketsVanishedInASingleFork() {
        builder.closed(0, "tcp-nio", 8000).note("link", "tun").note("link.verdict", "3 packets vanished");
        builder.closed(1, "tcp-nio", 8000).note("link", "tun").note("link.verdict", "ok");
        assertThat(validity().reasons()).containsExactly("the link: 3 packets vanished");
    }

    @Test
    void shouldNotBelieveALinkWithoutAVerdict() {
        builder.closed(0, "tcp-nio", 8000).note("link", "tun");
        assertThat(validity().reasons()).containsExactly("the link: it left no verdict");
    }

    @Test
    void shouldNotCallAMessageLostThatABadLinkMadeLate() {
        builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning", "reliable");
        builder.openLoop(0, "tcp-nio", "1k", 10_000, 9_999, 1, 8_000, 9_000)
                .note("link", "tun")
                .note("link.verdict", "ok")
                .note("impairment", "loss=20%:seed=42");
        assertThat(validity().reasons()).isEmpty();
        assertThat(validity().remarks()).containsExactly("1 message not back within the deadline");
    }

    @Test
    void shouldRemarkDatagramsThatTheReceiverHadNoRoomFor() {
        builder.closed(0, "tcp-nio", 8000)
                .note("link", "tun")
                .note("link.verdict", "ok")
                .note("link.receiverOverruns", "7");
        assertThat(validity().reasons()).isEmpty();
        assertThat(validity().remarks()).hasSize(1).first().asString().contains("socket buffer");
    }

    @Test
    void shouldRemarkALinkThatDoesNotMeasureItsDelay() {
        builder.closed(0, "tcp-nio", 8000)
                .note("link", "netem")
                .note("link.verdict", "ok")
                .note("link.receiverOverruns", "0")
                .note("link.realisedDelay", "not measured: the kernel does not tell");
        assertThat(validity().remarks()).hasSize(1).first().asString().contains("does not measure");
    }

    private Validity validity() {
        final Run run = RunReader.read(builder.write());
        return Validity.of(run, run.rows().get(0), ValidityRules.standard());
    }
}
