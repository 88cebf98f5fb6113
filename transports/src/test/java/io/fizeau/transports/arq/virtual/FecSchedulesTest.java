package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.fec.ForwardErrorCorrection;

class FecSchedulesTest extends ProtocolSchedules {
    FecSchedulesTest() {
        super(ForwardErrorCorrection.withDefaults());
    }
}
