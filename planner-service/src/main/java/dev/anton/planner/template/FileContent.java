package dev.anton.planner.template;

/**
 * A file that a node writes.
 *
 * @param path relative to the project's folder, with slashes
 */
record FileContent(String path, String content) {}
