/** Stress tests of what the two ends of a link share. */
package io.fizeau.transports.shm;
