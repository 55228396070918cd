/** Services that answer as a test wants, over real HTTP. */
package dev.anton.gateway.stub;
