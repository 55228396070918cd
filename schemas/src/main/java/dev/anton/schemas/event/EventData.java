package dev.anton.schemas.event;

/** The {@code data} of a built-in event. Its record components are the fields on the wire. */
public sealed interface EventData
    permits PlanEvent, ExecutionEvent, NodeEvent, JobEvent, WebhookEvent {}
