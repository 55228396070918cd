/** The contract that every job plugin passes; a plugin's own test extends it. */
@NullMarked
package dev.anton.plugin.testkit;

import org.jspecify.annotations.NullMarked;
