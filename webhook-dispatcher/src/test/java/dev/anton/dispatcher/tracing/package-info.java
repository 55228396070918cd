/** Traces through the whole service. */
package dev.anton.dispatcher.tracing;
