package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.nak.NakBased;

class NakSchedulesTest extends ProtocolSchedules {
    NakSchedulesTest() {
        super(NakBased.withDefaults());
    }
}
