/** Which service answers which path, and what goes through to it. */
@NullMarked
package dev.anton.gateway.routing;

import org.jspecify.annotations.NullMarked;
