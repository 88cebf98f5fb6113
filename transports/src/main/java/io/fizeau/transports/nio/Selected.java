package io.fizeau.transports.nio;

/**
 * What a selector can name: it waits in the node's queue for its turn, so that nobody is served twice before everybody was once,
 * and no callback runs inside a select.
 */
interface Selected {
    /**
     * Does what there is to do. By the driving thread.
     *
     * @param limit how many messages to deliver at the most, at least 1.
     * @return how much was done.
     */
    int serve(int limit);

    /**
     * Marks it as waiting in the queue.
     *
     * @return false if it was marked before.
     */
    boolean enqueue();

    /** Takes the mark away. */
    void dequeued();
}
