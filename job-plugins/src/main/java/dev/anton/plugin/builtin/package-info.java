/** The plugins that come with Anton. */
@NullMarked
package dev.anton.plugin.builtin;

import org.jspecify.annotations.NullMarked;
