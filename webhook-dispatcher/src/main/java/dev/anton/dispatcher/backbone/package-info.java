/** How the engine writes to Kafka. */
@NullMarked
package dev.anton.dispatcher.backbone;

import org.jspecify.annotations.NullMarked;
