/** Work that is done over and over on a thread of its own. */
@NullMarked
package dev.anton.dispatcher.loop;

import org.jspecify.annotations.NullMarked;
