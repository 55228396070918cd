/** Events as they happen, for those who listen over HTTP. */
@NullMarked
package dev.anton.dispatcher.stream;

import org.jspecify.annotations.NullMarked;
