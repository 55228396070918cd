package dev.anton.planner.session;

import dev.anton.lease.LeaseTable;
import dev.anton.schemas.id.Ids;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlannerProperties.class)
class SessionConfiguration {

  @Bean
  LeaseTable sessionLeases(JdbcClient jdbc, PlannerProperties properties) {
    return new LeaseTable(
        jdbc,
        new LeaseTable.Spec(
            "planning_sessions",
            "id",
            "(status IN ('queued', 'running') OR discard) AND due_at <= now()",
            "id",
            Ids.next("planner_"),
            properties.lease()));
  }
}
