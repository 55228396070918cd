/** Which endpoints this installation may deliver to. */
@NullMarked
package dev.anton.dispatcher.egress;

import org.jspecify.annotations.NullMarked;
