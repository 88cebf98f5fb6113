/** Shared memory: two rings in a mapped file for each connection, between processes of one user on one host. */
@NullMarked
package io.fizeau.transports.shm;

import org.jspecify.annotations.NullMarked;
