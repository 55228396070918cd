/** The counted, ordered stream of events that one session, execution or job emits. */
@NullMarked
package dev.anton.executor.stream;

import org.jspecify.annotations.NullMarked;
