package dev.anton.planner.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sessions are worked on.
 *
 * @param workers sessions that this replica works on at a time; a step is short and mostly waits
 *     for the disk and the database, and each uses one of 16 connections now and then
 * @param pollInterval how soon a session is seen that another replica accepted or left
 * @param lease how long after a replica's death its sessions are taken over; it is renewed at a
 *     third of that, so that two failed renewals lose nothing
 * @param shutdownGrace how long steps that are under way may take to end at shutdown; the platform
 *     allows 20 s
 */
@ConfigurationProperties("anton.planner")
record PlannerProperties(
    @DefaultValue("8") int workers,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("6s") Duration lease,
    @DefaultValue("15s") Duration shutdownGrace) {}
