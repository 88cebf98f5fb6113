package io.fizeau.core.load;

/** What a client's loop asks about the process or thread at the far end, while it waits for it. Any thread may ask. */
public interface PeerWatch {
    /** Nothing is known of the far end but what the transport tells. */
    PeerWatch NONE = new PeerWatch() {
        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public String diagnosis() {
            return "";
        }
    };

    /**
     * Whether the far end still runs, as far as can be told. Cheap: asked many times a second.
     *
     * @return false once it is known to have ended.
     */
    boolean isAlive();

    /**
     * What is known of the far end's trouble. May wait for some hundred milliseconds for it to become known.
     *
     * @return one line, or an empty string.
     */
    String diagnosis();
}
