/** How fast webhooks go out, on the running stack. */
@NullMarked
package dev.anton.bench.deliveries;

import org.jspecify.annotations.NullMarked;
