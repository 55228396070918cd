package dev.anton.executor.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** An execution with its nodes, in the plan's order. */
record ExecutionView(@JsonUnwrapped ExecutionSummary summary, List<NodeView> nodes) {}
