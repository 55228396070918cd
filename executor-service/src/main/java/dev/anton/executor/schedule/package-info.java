/**
 * Which node of an execution may run when: a state machine without threads, clocks or storage, so
 * that every interleaving can be tried.
 */
@NullMarked
package dev.anton.executor.schedule;

import org.jspecify.annotations.NullMarked;
