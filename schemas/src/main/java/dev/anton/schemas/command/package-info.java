/** Commands that one service hands to another over Kafka. */
@NullMarked
package dev.anton.schemas.command;

import org.jspecify.annotations.NullMarked;
