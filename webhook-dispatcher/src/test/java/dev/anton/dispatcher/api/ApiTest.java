package dev.anton.dispatcher.api;

import dev.anton.fixtures.BackendsTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole service with its own settings, one for all tests that carry this; each has a tenant of
 * its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BackendsTest(role = "dispatcher", shared = "dispatcher-api")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    // So few that a test can fill it.
    properties = {"anton.replay.in-flight=5", "anton.replay.in-line=20"})
public @interface ApiTest {}
