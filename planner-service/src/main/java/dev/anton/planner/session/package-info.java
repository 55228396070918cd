/** Planning sessions: what clients ask for, the state machine behind it, and who works on it. */
@NullMarked
package dev.anton.planner.session;

import org.jspecify.annotations.NullMarked;
