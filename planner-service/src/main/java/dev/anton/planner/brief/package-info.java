/** What a prompt asks for, in terms that a plan can be made from. */
@NullMarked
package dev.anton.planner.brief;

import org.jspecify.annotations.NullMarked;
