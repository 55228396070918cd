/** An application with every kind of handler, asked over real HTTP. */
package dev.anton.api.sample;
