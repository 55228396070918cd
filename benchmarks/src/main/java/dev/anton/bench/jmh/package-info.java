/** Runs the JMH benchmarks. */
@NullMarked
package dev.anton.bench.jmh;

import org.jspecify.annotations.NullMarked;
