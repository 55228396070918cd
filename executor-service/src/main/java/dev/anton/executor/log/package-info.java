/** The logs of nodes: bounded files in the workspace, readable while they grow. */
@NullMarked
package dev.anton.executor.log;

import org.jspecify.annotations.NullMarked;
