/** Traces over HTTP: off unless switched on, and then a request's events belong to its span. */
@NullMarked
package dev.anton.api.tracing;

import org.jspecify.annotations.NullMarked;
