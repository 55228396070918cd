/** Talks to the service as clients do. */
package dev.anton.dispatcher.api;
