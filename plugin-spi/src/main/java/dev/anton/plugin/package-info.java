/** What a job plugin implements; implementations are found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.anton.plugin;

import org.jspecify.annotations.NullMarked;
