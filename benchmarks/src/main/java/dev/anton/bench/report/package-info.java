/** What was measured, for people and for machines. */
@NullMarked
package dev.anton.bench.report;

import org.jspecify.annotations.NullMarked;
