/** Stress tests of what threads share around a connection's life. */
package io.fizeau.transports.loop;
