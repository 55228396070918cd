/** Reads request bodies field by field and reports everything that is wrong with them at once. */
@NullMarked
package dev.anton.dispatcher.body;

import org.jspecify.annotations.NullMarked;
