package io.fizeau.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GuaranteesTest {
    private final Guarantees guarantees = Guarantees.connected(100, 5_000, Guarantee.CONNECTED, Guarantee.ORDERED);

    @Test
    void shouldTellWhatIsPromised() {
        assertThat(guarantees.has(Guarantee.ORDERED)).isTrue();
        assertThat(guarantees.has(Guarantee.RELIABLE)).isFalse();
        assertThat(Guarantees.of(1).all()).isEmpty();
    }

    @Test
    void shouldAddAndTakeAwayPromises() {
        assertThat(guarantees
                        .with(Guarantee.RELIABLE)
                        .without(Guarantee.ORDERED)
                        .all())
                .containsExactlyInAnyOrder(Guarantee.CONNECTED, Guarantee.RELIABLE);
        assertThat(guarantees.withMaxMessageBytes(96).maxMessageBytes()).isEqualTo(96);
        assertThat(guarantees.withMaxMessageBytes(96).livenessNs()).isEqualTo(5_000);
    }

    @Test
    void shouldRefuseALivenessTimeThatMeansNothing() {
        assertThatThrownBy(() -> Guarantees.connected(1, 5, Guarantee.ORDERED))
                .isInstanceOf(TransportException.class)
                .hasMessage("livenessNs=5 must be positive with the guarantee connected, and 0 without");
        assertThatThrownBy(() -> Guarantees.of(1, Guarantee.CONNECTED))
                .hasMessage("livenessNs=0 must be positive with the guarantee connected, and 0 without");
    }

    @Test
    void shouldRefuseALongestMessageOfNothing() {
        assertThatThrownBy(() -> Guarantees.of(0))
                .isInstanceOf(TransportException.class)
                .hasMessage("maxMessageBytes=0 must be at least 1");
    }

    @Test
    void shouldLabelEachGuaranteeDifferently() {
        assertThat(Arrays.stream(Guarantee.values()).map(Guarantee::label))
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z-]+"));
    }

    @Test
    void shouldLetTheCallerDriveWhereThatIsOfferedAndNothingElseIsAskedFor() {
        final DrivingSupport mixed = new DrivingSupport(Set.of(Driving.OWN), Set.of(Driving.CALLER, Driving.OWN));

        assertThat(mixed.forListening(DrivingChoice.AUTO)).isEqualTo(Driving.OWN);
        assertThat(mixed.forConnecting(DrivingChoice.AUTO)).isEqualTo(Driving.CALLER);
        assertThat(mixed.forConnecting(DrivingChoice.OWN)).isEqualTo(Driving.OWN);
    }

    @Test
    void shouldSayWhichWayOfDrivingIsNotOffered() {
        final DrivingSupport mixed = new DrivingSupport(Set.of(Driving.OWN), Set.of(Driving.CALLER));

        assertThatThrownBy(() -> mixed.forListening(DrivingChoice.CALLER))
                .isInstanceOf(TransportException.class)
                .hasMessage(
                        "option driving=caller is not offered at the listening end of this transport: it offers own");
        assertThatThrownBy(() -> mixed.forConnecting(DrivingChoice.OWN))
                .hasMessage(
                        "option driving=own is not offered at the connecting end of this transport: it offers caller");
        assertThatThrownBy(() -> new DrivingSupport(Set.of(), Set.of(Driving.OWN)))
                .hasMessage("a transport must offer at least one way of driving at each end");
    }

    @Test
    void shouldGiveAReasonForWhatIsNotAvailableAndForNothingElse() {
        assertThat(Availability.yes().isAvailable()).isTrue();
        assertThat(Availability.no("no kernel").reason()).isEqualTo("no kernel");
        assertThatThrownBy(() -> Availability.no(""))
                .isInstanceOf(TransportException.class)
                .hasMessage("a reason belongs to what is not available, and only to that");
        assertThatThrownBy(() -> new Availability(true, "why")).isInstanceOf(TransportException.class);
    }
}
