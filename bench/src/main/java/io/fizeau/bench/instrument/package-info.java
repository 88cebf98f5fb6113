/** Whether the instrument is right: experiments whose answer is known beforehand, and how one is run, judged and shown. */
@NullMarked
package io.fizeau.bench.instrument;

import org.jspecify.annotations.NullMarked;
