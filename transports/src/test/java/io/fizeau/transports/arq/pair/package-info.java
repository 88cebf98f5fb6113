/** Two ends and a link in virtual time, for tests that follow single datagrams. */
@NullMarked
package io.fizeau.transports.arq.pair;

import org.jspecify.annotations.NullMarked;
