/** Regular expressions that come from outside: matched in linear time, of bounded size. */
@NullMarked
package dev.anton.dispatcher.pattern;

import org.jspecify.annotations.NullMarked;
