package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
    static Stream<MechanismKind> kinds() {
        return Kinds.reliable().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldBackOff(final MechanismKind kind) {
        Scenarios.shouldBackOff(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldMindTheCredit(final MechanismKind kind) {
        Scenarios.shouldMindTheCredit(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldHoldTheWindow(final MechanismKind kind) {
        Scenarios.shouldHoldTheWindow(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLearnALongerRoundTrip(final MechanismKind kind) {
        Scenarios.shouldLearnALongerRoundTrip(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldMeasureNoImpossibleRoundTrip(final MechanismKind kind) {
        Scenarios.shouldMeasureNoImpossibleRoundTrip(kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldBackOffInAsking(final MechanismKind kind) {
        Scenarios.shouldBackOffInAsking(kind);
    }
}
