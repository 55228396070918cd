package dev.anton.dispatcher.lane;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bounds a lane.
 *
 * @param concurrency attempts at a time to one endpoint; at 50 ms an answer that is 1,280/s
 * @param slow attempts at a time to one endpoint that have been unanswered for longer than a
 *     second; beyond, its deliveries park
 * @param slowInAll the same over all endpoints: each holds a connection and a row's lease
 * @param queue deliveries that may wait in one lane while it answers promptly; it smooths bursts
 * @param idleAfter when an unused lane and its breaker are forgotten
 * @param breaker when to leave an endpoint alone
 */
@ConfigurationProperties("anton.dispatcher.lane")
public record LaneSettings(
    @DefaultValue("64") int concurrency,
    @DefaultValue("16") int slow,
    @DefaultValue("1024") int slowInAll,
    @DefaultValue("512") int queue,
    @DefaultValue("2m") Duration idleAfter,
    @DefaultValue Breaker breaker) {

  /**
   * When a breaker opens and closes.
   *
   * @param window attempts that are looked at; with 20, one hiccup does not open it
   * @param minimum attempts before it may open
   * @param failurePercent of the window that opens it
   * @param slowCall what counts as slow; well above the second after which an attempt leaves its
   *     slot, so that an endpoint that takes two seconds but works is not cut off
   * @param openFor how long it is left alone before it is probed
   * @param probes attempts that are let through then
   */
  public record Breaker(
      @DefaultValue("20") int window,
      @DefaultValue("10") int minimum,
      @DefaultValue("50") float failurePercent,
      @DefaultValue("5s") Duration slowCall,
      @DefaultValue("10s") Duration openFor,
      @DefaultValue("3") int probes) {}
}
