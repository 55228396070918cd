/**
 * What a node runner implements; runners are found by {@link java.util.ServiceLoader} and carry a
 * {@link dev.anton.plugin.runner.RunnerName}.
 */
@NullMarked
package dev.anton.plugin.runner;

import org.jspecify.annotations.NullMarked;
