/** Conditions on events' data: expressions in CEL, checked when registered and bounded in cost. */
@NullMarked
package dev.anton.dispatcher.filter;

import org.jspecify.annotations.NullMarked;
