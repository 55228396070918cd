package dev.anton.executor.job;

import org.jspecify.annotations.Nullable;

/** What {@code POST /api/jobs} asked for, checked. */
record JobRequest(JobDefinition definition, @Nullable InlineWebhook webhook) {}
