/** Test deliveries that a client asks for and waits for. */
@NullMarked
package dev.anton.dispatcher.probing;

import org.jspecify.annotations.NullMarked;
