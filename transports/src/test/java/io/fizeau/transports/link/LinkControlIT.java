package io.fizeau.transports.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkControlIT {
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private Link link;
    private LinkControl control;
    private LinkClient client;

    @BeforeEach
    void open() {
        link = Links.named("udp-proxy").open();
        link.apply(Impairment.parse("loss=1%:seed=7"));
        control = LinkControl.serve(link, errors::add);
        client = new LinkClient(control.path());
    }

    @AfterEach
    void close() {
        control.close();
        link.close();
        assertThat(errors).isEmpty();
        assertThat(control.path()).doesNotExist();
        assertThat(control.path().getParent()).doesNotExist();
    }

    @Test
    void shouldTellAnotherProcessWhatTheLinkTells() {
        assertThat(client.serverBind()).isEqualTo(link.serverBind());
        assertThat(client.reach(Address.parse("127.0.0.1:4000")).text())
                .startsWith("127.0.0.1:")
                .isNotEqualTo("127.0.0.1:4000");
        assertThat(client.report())
                .containsEntry("link", "udp-proxy")
                .containsEntry("link.verdict", link.report().verdict())
                .containsEntry("impairment", "loss=1%:seed=7");
    }

    @Test
    void shouldBlackOutForAsLongAsAskedFor() {
        final long askedNs = System.nanoTime();
        final Blackout blackout = client.blackout(Duration.ofMillis(50));
        assertThat(blackout.beganNs()).isBetween(askedNs, System.nanoTime());
        assertThat(blackout.endsNs() - blackout.beganNs()).isEqualTo(50_000_000);
    }

    @Test
    void shouldPassOnWhyTheLinkRefuses() {
        assertThatThrownBy(() -> client.blackout(Duration.ofHours(3)))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.STOP))
                .hasMessageContaining("blackout=10800000ms must be from 1 ms to 10 min");
        assertThatThrownBy(() -> client.reach(Address.parse("/no/port")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("/no/port");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        assertThatThrownBy(() -> new LinkClient(Path.of("/nowhere/link")).report())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("/nowhere/link");
    }
}
