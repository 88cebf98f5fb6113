package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.arq.fec.ForwardErrorCorrection;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.plain.Plain;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.List;
import java.util.stream.Stream;

/** The mechanisms that there are. */
final class Kinds {
    private Kinds() {}

    static List<MechanismKind> all() {
        return Stream.concat(Stream.of(Plain.withDefaults()), reliable().stream())
                .toList();
    }

    static List<MechanismKind> reliable() {
        return List.of(
                StopAndWait.withDefaults(),
                GoBackN.withDefaults(),
                SelectiveRepeat.withDefaults(),
                NakBased.withDefaults(),
                ForwardErrorCorrection.withDefaults());
    }
}
