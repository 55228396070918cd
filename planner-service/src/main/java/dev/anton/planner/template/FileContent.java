package dev.anton.planner.template;

/**
 * A file that a node writes.
 *
 * @param path relative to the project's folder, with slashes
 */
public record FileContent(String path, String content) {}
