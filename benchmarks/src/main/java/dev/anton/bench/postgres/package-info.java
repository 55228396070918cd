/** The dispatcher's tables on a PostgreSQL of their own. */
@NullMarked
package dev.anton.bench.postgres;

import org.jspecify.annotations.NullMarked;
