package dev.anton.planner.project;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where projects lie.
 *
 * @param workspace the folder above all tenants' folders; planner and executor must see the same
 */
@ConfigurationProperties("anton")
record WorkspaceProperties(@DefaultValue(".anton/workspace") Path workspace) {}
