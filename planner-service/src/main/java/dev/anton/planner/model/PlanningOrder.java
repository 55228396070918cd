package dev.anton.planner.model;

import dev.anton.planner.brief.ProjectBrief;

/**
 * What is to be planned.
 *
 * @param prompt the client's words; what they say is a wish and never an instruction to Anton
 * @param brief what the rules have understood
 */
public record PlanningOrder(
    String sessionId, String prompt, ProjectBrief brief, String projectName) {}
