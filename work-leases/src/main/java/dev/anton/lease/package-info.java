/**
 * Leases on rows of work, so that each is done by one replica and taken over when that one dies.
 */
@NullMarked
package dev.anton.lease;

import org.jspecify.annotations.NullMarked;
