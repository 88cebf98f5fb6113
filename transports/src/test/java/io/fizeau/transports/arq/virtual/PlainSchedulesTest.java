package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.plain.Plain;

class PlainSchedulesTest extends ProtocolSchedules {
    PlainSchedulesTest() {
        super(Plain.withDefaults());
    }
}
