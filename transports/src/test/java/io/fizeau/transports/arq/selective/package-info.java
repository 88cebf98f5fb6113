@NullMarked
package io.fizeau.transports.arq.selective;

import org.jspecify.annotations.NullMarked;
