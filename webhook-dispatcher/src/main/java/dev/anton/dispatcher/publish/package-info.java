/** Takes tenants' own events in over HTTP and puts them on the backbone. */
@NullMarked
package dev.anton.dispatcher.publish;

import org.jspecify.annotations.NullMarked;
