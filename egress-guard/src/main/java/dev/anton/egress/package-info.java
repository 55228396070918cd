/** Which addresses outgoing HTTP may reach. */
@NullMarked
package dev.anton.egress;

import org.jspecify.annotations.NullMarked;
