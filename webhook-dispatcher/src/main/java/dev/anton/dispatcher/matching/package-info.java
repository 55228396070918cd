/** Which subscriptions an event goes to, answered from memory. */
@NullMarked
package dev.anton.dispatcher.matching;

import org.jspecify.annotations.NullMarked;
