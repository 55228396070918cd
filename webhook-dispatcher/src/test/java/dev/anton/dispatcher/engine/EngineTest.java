package dev.anton.dispatcher.engine;

import dev.anton.fixtures.BackendsTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The engine on real PostgreSQL and Kafka, with patience cut to what a test has. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BackendsTest(role = "dispatcher")
@SpringBootTest(
    classes = EngineApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "anton.dispatcher.http.deadline=3s",
      "anton.dispatcher.http.slow-after=500ms",
      "anton.dispatcher.lane.breaker.open-for=3s",
      "anton.dispatcher.parking.poll-interval=50ms",
      "anton.dispatcher.parking.sweep-interval=500ms",
      "anton.dispatcher.parking.sweep-age=1s",
      "anton.dispatcher.commit-interval=100ms",
      // Of the API around the engine, which is not here.
      "management.endpoint.health.group.readiness.include=readinessState,db,kafka,consumer"
    })
@interface EngineTest {}
