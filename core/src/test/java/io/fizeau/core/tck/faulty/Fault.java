package io.fizeau.core.tck.faulty;

/** What a {@link MemoryTransport} does wrong, and which test of the kit is there to find it. */
public enum Fault {
    /** Nothing: the transport that must pass. */
    NONE(""),
    /** Loses a message now and then. */
    DROP("shouldKeepOrderAndContentOverTenThousandMessages"),
    /** Delivers a message twice now and then. */
    DUPLICATE("shouldKeepOrderAndContentOverTenThousandMessages"),
    /** Lets a message overtake another now and then. */
    REORDER("shouldKeepOrderAndContentOverTenThousandMessages"),
    /** Alters a byte now and then. */
    CORRUPT("shouldKeepOrderAndContentOverTenThousandMessages"),
    /** Cuts the last byte off a long message. */
    TRUNCATE("shouldEchoEverySizeUpToTheLongest"),
    /** Delivers two messages as one now and then. */
    MERGE("shouldKeepOrderAndContentOverTenThousandMessages"),
    /** Says that it took a message which is too long. */
    ACCEPT_TOO_LONG("shouldRefuseAMessageOneByteTooLong"),
    /** Delivers a message that nobody sent. */
    INVENT("shouldDeliverNothingThatWasNotSent"),
    /** Keeps a gathered message until the next one, whatever flush is asked for. */
    FORGET_FLUSH("shouldDeliverGatheredMessagesOnceFlushed"),
    /** Keeps what a callback sent until the next one, however idle it is. */
    FORGET_CALLBACKS_SENDS("shouldPushOnWhatCallbacksGathered"),
    /** Delivers more than a poll's limit. */
    EXCEED_LIMIT("shouldDeliverWhenTheConnectionAloneIsPolled"),
    /** Takes whatever is sent while the peer does not read. */
    GROW_WITHOUT_BOUND("shouldHoldTheSenderBackWhileThePeerDoesNotRead"),
    /** Throws where it should answer with back-pressure. */
    THROW_WHEN_FULL("shouldHoldTheSenderBackWhileThePeerDoesNotRead"),
    /** Drops a message that the handler answered with RETRY because its echo was back-pressured. */
    DROP_WHEN_FULL("shouldNeitherDropNorDeadlockAnEchoUnderBackPressure"),
    /** Treats RETRY as CONSUMED. */
    IGNORE_RETRY("shouldDeliverTheSameAgainAfterRetry"),
    /** Delivers after RETRY something else. */
    RETRY_ANOTHER("shouldDeliverTheSameAgainAfterRetry"),
    /** Does not wake a send that waits when its connection closes. */
    KEEP_SENDER_WAITING("shouldEndAWaitingSendWithClosedWhenAnotherThreadCloses"),
    /** Stays connecting for ever when nobody listens. */
    CONNECT_FOR_EVER("shouldReportUnreachableWhenNobodyListens"),
    /** Takes messages before it is open, and loses them. */
    ACCEPT_BEFORE_OPEN("shouldRefuseToSendBeforeItIsOpen"),
    /** Throws from a send on a closed connection. */
    THROW_WHEN_CLOSED("shouldRefuseToSendOnceClosed"),
    /** Takes an address away from whoever listens there. */
    STEAL_ADDRESS("shouldNameTheAddressThatIsTaken"),
    /** Throws when something is closed again. */
    CLOSE_ONCE_ONLY("shouldCloseTwiceWithoutHarm"),
    /** Calls onClosed again when the node closes. */
    REPORT_CLOSE_TWICE("shouldCallOnClosedOnceAndLast"),
    /** Does not give an address back when the node closes. */
    KEEP_ADDRESS("shouldRestartAtTheSameAddress"),
    /** Closes the connections with their listener. */
    CLOSE_ALL_WITH_LISTENER("shouldKeepConnectionsWhenTheListenerCloses"),
    /** Does not wake a poll that waits when its connection closes. */
    KEEP_POLLER_WAITING("shouldWakeAThreadThatPollsWhenItsConnectionCloses"),
    /** Does not wake a poll that waits when its node closes. */
    FORGET_CONNECTIONS_AT_CLOSE("shouldEndEveryWaitWhenItsNodeCloses"),
    /** Never tells the connecting end that its peer closed. */
    HIDE_CLOSE_FROM_CONNECTOR("shouldTellThatThePeerClosedTheConnection"),
    /** Never tells the listening end that its peer closed. */
    HIDE_CLOSE_FROM_LISTENER("shouldTellTheListeningEndThatThePeerClosed"),
    /** Never tells that the peer's node closed, only that its connection did. */
    HIDE_NODE_CLOSE("shouldTellThatThePeersNodeClosed"),
    /** Goes on as if nothing happened when a handler throws. */
    SWALLOW_EXCEPTION("shouldCloseOnlyTheConnectionWhoseHandlerThrows"),
    /** Closes every connection of the node when a handler throws. */
    CLOSE_ALL_ON_EXCEPTION("shouldCloseOnlyTheConnectionWhoseHandlerThrowsAtTheConnectingEnd"),
    /** Loses what is sent from inside onOpen. */
    DROP_IN_ON_OPEN("shouldSendFromInsideOnOpen"),
    /** Ignores a close from inside a callback. */
    IGNORE_CLOSE_IN_CALLBACK("shouldLetAHandlerCloseFromInsideACallback"),
    /** Loses messages that another thread than the delivering one sends. */
    DROP_FROM_OTHER_THREAD("shouldDeliverWhileAnotherThreadSends"),
    /** Delivers a message to another connection of the node now and then. */
    CROSS_CONNECTIONS("shouldServeManyConnectionsOfOneNode"),
    /** Lets a stranger say what it likes, and keeps listening to it. */
    TOLERATE_GARBAGE("shouldCloseAndCountAConnectionThatSendsGarbage"),
    /** Leaves a thread running. */
    LEAK_THREAD("shouldLeaveNothingBehind"),
    /** Leaves a descriptor open. */
    LEAK_DESCRIPTOR("shouldLeaveNothingBehind"),
    /** Leaves a file. */
    LEAK_FILE("shouldLeaveNothingBehind"),
    /** Makes an object for every message. */
    ALLOCATE("shouldAllocateNextToNothingForAnEcho");

    private final String test;

    Fault(final String test) {
        this.test = test;
    }

    /**
     * The test that must find it.
     *
     * @return the name of a test method of the kit; empty for {@link #NONE}.
     */
    public String test() {
        return test;
    }

    /**
     * The transport with this fault, as the kit is to run it.
     *
     * @return a spec string, with the option that the fault needs to show.
     */
    public String spec() {
        return switch (this) {
            case KEEP_SENDER_WAITING, KEEP_POLLER_WAITING, FORGET_CONNECTIONS_AT_CLOSE -> "memory?waits=true";
            case TOLERATE_GARBAGE -> "memory?port=true";
            default -> "memory";
        };
    }
}
