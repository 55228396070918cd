/** The load harness's command line. */
@NullMarked
package dev.anton.bench;

import org.jspecify.annotations.NullMarked;
