/** Inputs of nodes that are outputs of earlier nodes. */
@NullMarked
package dev.anton.executor.reference;

import org.jspecify.annotations.NullMarked;
