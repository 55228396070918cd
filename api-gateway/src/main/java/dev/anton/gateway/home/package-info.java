/** What a visitor sees first. */
@NullMarked
package dev.anton.gateway.home;

import org.jspecify.annotations.NullMarked;
