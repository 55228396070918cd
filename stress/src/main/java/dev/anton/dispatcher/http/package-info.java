/** Races for what is sent. */
@NullMarked
package dev.anton.dispatcher.http;

import org.jspecify.annotations.NullMarked;
