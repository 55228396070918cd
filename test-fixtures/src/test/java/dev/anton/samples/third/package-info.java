/** Breaks rules, so that a test sees them fire. */
package dev.anton.samples.third;
