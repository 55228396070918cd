/** Signatures over what is sent. */
@NullMarked
package dev.anton.dispatcher.signature;

import org.jspecify.annotations.NullMarked;
