/** The one public door. */
@NullMarked
package dev.anton.gateway;

import org.jspecify.annotations.NullMarked;
