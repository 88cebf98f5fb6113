package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;

/**
 * A bad link: what happens to packets each way, and the seed from which all that is random follows. Immutable.
 *
 * <p>Its text form is words with values, parted by colons, such as {@code loss=1%:burst=4:delay=5ms:seed=42}; {@code none} is the
 * good link. A word holds for both ways; with {@code up.} before it for the way to the server only, with {@code down.} for the way
 * back only. There are no commas, because JMH parts parameters at them.
 *
 * <table>
 * <caption>Words</caption>
 * <tr><td>{@code loss=1%}</td><td>random loss, independent of packet to packet; down to 0.0001%</td></tr>
 * <tr><td>{@code burst=4}, {@code burst=4ms}</td><td>beside loss: the mean burst, in packets or in time</td></tr>
 * <tr><td>{@code gilbert=0.0025/0.25}</td><td>bursts by the transitions good to bad and bad to good</td></tr>
 * <tr><td>{@code drops=3;17;90}</td><td>these packets are lost, counted from 0</td></tr>
 * <tr><td>{@code blackout=2s+300ms}</td><td>from 2 s after the first packet all is lost for 300 ms; several with {@code ;}</td></tr>
 * <tr><td>{@code delay=5ms}</td><td>each packet takes so long</td></tr>
 * <tr><td>{@code jitter=1ms}</td><td>the delay is uniform over delay - jitter to delay + jitter, in order</td></tr>
 * <tr><td>{@code reorder=1%}</td><td>so many packets are overtaken</td></tr>
 * <tr><td>{@code places=2}</td><td>beside reorder: by so many later ones</td></tr>
 * <tr><td>{@code hold=10ms}</td><td>beside reorder: such a packet waits no longer than this for them</td></tr>
 * <tr><td>{@code duplicate=0.1%}</td><td>so many packets arrive twice</td></tr>
 * <tr><td>{@code corrupt=0.01%}</td><td>of so many packets a bit is turned over</td></tr>
 * <tr><td>{@code rate=50mbit}</td><td>bits a second, with a queue before it</td></tr>
 * <tr><td>{@code queue=64k}</td><td>beside rate: bytes that may wait; what comes beyond is lost</td></tr>
 * <tr><td>{@code seed=42}</td><td>what is random follows from it</td></tr>
 * </table>
 *
 * @param toServer what happens on the way to the server.
 * @param toClient what happens on the way back.
 * @param seed the seed; {@link #DEFAULT_SEED} if none was given.
 * @param isSeeded whether the seed was given and so stands in the text form.
 */
public record Impairment(OneWay toServer, OneWay toClient, long seed, boolean isSeeded) {
    /** The seed of an impairment in which none was given. */
    public static final long DEFAULT_SEED = 42;

    /** The good link. */
    public static final Impairment NONE = new Impairment(OneWay.NONE, OneWay.NONE, DEFAULT_SEED, false);

    /**
     * Reads the text form.
     *
     * @param text words with values as above, or {@code none}.
     * @return the impairment.
     * @throws TransportException with the next step STOP, if it cannot be: the message is one line with the word, its value, the
     *     limit and the known words.
     */
    public static Impairment parse(final String text) {
        return ImpairmentParser.parse(text);
    }

    /**
     * The canonical text form: {@link #parse} makes an equal impairment of it, and equal impairments have the same.
     *
     * @return the text.
     */
    public String text() {
        return ImpairmentText.text(this);
    }

    /**
     * The same with another seed.
     *
     * @param newSeed the seed. Take seeds from a mix: because of the rule for independent loss, seeds that differ in few bits lose
     *     almost the same packets.
     * @return the impairment.
     */
    public Impairment withSeed(final long newSeed) {
        return new Impairment(toServer, toClient, newSeed, true);
    }

    /**
     * Whether nothing happens to packets, whatever the seed.
     *
     * @return true if so.
     */
    public boolean isNone() {
        return toServer.isNone() && toClient.isNone();
    }

    /**
     * What happens on one way.
     *
     * @param direction the way.
     * @return what happens.
     */
    public OneWay direction(final Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    /**
     * The machine that does it, with room as in {@link PathLimits#DEFAULT}.
     *
     * @param direction the way.
     * @return a new one that has seen no packet.
     */
    public ImpairedPath path(final Direction direction) {
        return path(direction, PathLimits.DEFAULT);
    }

    /**
     * The machine that does it.
     *
     * @param direction the way.
     * @param limits how much room it has.
     * @return a new one that has seen no packet.
     */
    public ImpairedPath path(final Direction direction, final PathLimits limits) {
        return new ImpairedPath(direction(direction), direction.seed(seed), limits);
    }

    /**
     * Which of the first packets are lost by the loss model or the list of drops, for a link that must know beforehand.
     *
     * @param direction the way.
     * @param packets how many packets.
     * @return their indices from 0, rising.
     * @throws TransportException if which packets are lost depends on when they come (bursts in time).
     */
    public int[] lostOfFirst(final Direction direction, final int packets) {
        return LossProcess.lostOfFirst(direction(direction), direction.seed(seed), packets);
    }

    @Override
    public String toString() {
        return text();
    }
}
