package dev.anton.executor.workspace;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param workspace the folder that holds all projects, each in its tenant's folder; shared by all
 *     replicas and with the planner
 */
@ConfigurationProperties("anton")
record WorkspaceProperties(Path workspace) {}
