/** What the threads that drive connections share: the life of a connection, and a loop of a transport's own around a node. */
@NullMarked
package io.fizeau.transports.loop;

import org.jspecify.annotations.NullMarked;
