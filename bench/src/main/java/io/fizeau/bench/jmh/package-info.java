/** What JMH gets from us beside the score: the server's figures as secondary results. */
@NullMarked
package io.fizeau.bench.jmh;

import org.jspecify.annotations.NullMarked;
