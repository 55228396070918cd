package dev.anton.planner.review;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What plans may ask for, where the executors are configured differently from their defaults.
 *
 * @param runners absent: those that every executor has
 * @param allowedExecutables absent: as every executor allows
 */
@ConfigurationProperties("anton.planner.plans")
record AllowanceProperties(
    @Nullable Set<String> runners, @Nullable Set<String> allowedExecutables) {

  Allowance allowance() {
    return new Allowance(
        runners == null ? Allowance.DEFAULT.runners() : runners,
        allowedExecutables == null ? Allowance.DEFAULT.executables() : allowedExecutables,
        Allowance.DEFAULT.maxNodes());
  }
}
