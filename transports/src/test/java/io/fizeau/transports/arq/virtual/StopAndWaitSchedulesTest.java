package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.cumulative.StopAndWait;

class StopAndWaitSchedulesTest extends ProtocolSchedules {
    StopAndWaitSchedulesTest() {
        super(StopAndWait.withDefaults());
    }
}
