package io.fizeau.transports.arq.virtual;

/** The harness, the session and the queues, with the simplest mechanism there can be. */
class SimpleSchedulesTest extends ProtocolSchedules {
    SimpleSchedulesTest() {
        super(new SimpleKind());
    }
}
