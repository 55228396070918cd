package dev.anton.planner.model;

/**
 * What the model said.
 *
 * @param cut whether it came to the limit of tokens before its end
 */
record Answer(String text, boolean cut, TokenCount tokens) {}
