/** The contracts that every job plugin and every runner passes; one's own test extends them. */
@NullMarked
package dev.anton.plugin.testkit;

import org.jspecify.annotations.NullMarked;
