package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.selective.SelectiveRepeat;

class SelectiveSchedulesTest extends ProtocolSchedules {
    SelectiveSchedulesTest() {
        super(SelectiveRepeat.withDefaults());
    }
}
