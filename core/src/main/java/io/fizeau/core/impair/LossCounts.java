package io.fizeau.core.impair;

/** How many packets were lost, by cause. */
final class LossCounts {
    long byLoss;
    long byList;
    long byBlackout;
    long byQueue;
    long byOverflow;

    /** Counts a packet; one that is held is not lost. */
    void add(final Fate fate) {
        switch (fate) {
            case LOSS -> byLoss++;
            case LIST -> byList++;
            case BLACKOUT -> byBlackout++;
            case QUEUE -> byQueue++;
            case OVERFLOW -> byOverflow++;
            case HELD -> {}
        }
    }
}
