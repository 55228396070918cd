/** Chains of plugins over one input: asked for, run, reported. */
@NullMarked
package dev.anton.executor.job;

import org.jspecify.annotations.NullMarked;
