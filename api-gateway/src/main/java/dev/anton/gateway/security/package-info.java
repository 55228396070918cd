/** Who asks, and what a browser may do with the pages here. */
@NullMarked
package dev.anton.gateway.security;

import org.jspecify.annotations.NullMarked;
