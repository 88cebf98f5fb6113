package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.arq.cumulative.GoBackN;

class GoBackNSchedulesTest extends ProtocolSchedules {
    GoBackNSchedulesTest() {
        super(GoBackN.withDefaults());
    }
}
