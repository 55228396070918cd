/**
 * What breaks while events flow: processes that die or hang, a database that refuses, endpoints
 * that misbehave. Everything published is accounted for afterwards.
 */
@NullMarked
package dev.anton.system.faults;

import org.jspecify.annotations.NullMarked;
