/** One API description of all services. */
@NullMarked
package dev.anton.gateway.description;

import org.jspecify.annotations.NullMarked;
