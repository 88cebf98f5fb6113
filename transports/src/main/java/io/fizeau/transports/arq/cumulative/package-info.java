/**
 * Positive cumulative acknowledgement and one retransmission timer: stop-and-wait and go-back-N, which differ in the window alone.
 */
@NullMarked
package io.fizeau.transports.arq.cumulative;

import org.jspecify.annotations.NullMarked;
