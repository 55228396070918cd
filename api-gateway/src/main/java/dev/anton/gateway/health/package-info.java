/** How the services behind the gateway are. */
@NullMarked
package dev.anton.gateway.health;

import org.jspecify.annotations.NullMarked;
