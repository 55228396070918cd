/** Encryption of what must not lie readable in the database. */
@NullMarked
package dev.anton.dispatcher.secret;

import org.jspecify.annotations.NullMarked;
