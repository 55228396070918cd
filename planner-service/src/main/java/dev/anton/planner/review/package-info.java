/** Reviews a plan: mends what can be mended and refuses what cannot run. */
@NullMarked
package dev.anton.planner.review;

import org.jspecify.annotations.NullMarked;
