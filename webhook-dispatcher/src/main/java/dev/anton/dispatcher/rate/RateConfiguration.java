package dev.anton.dispatcher.rate;

import dev.anton.dispatcher.loop.RoundLoop;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateSettings.class)
class RateConfiguration {

  @Bean
  Rates rates(JdbcTemplate jdbc, RateSettings settings, MeterRegistry meters) {
    RateSchedule schedule = new PostgresRateSchedule(jdbc, settings.lead());
    return new Rates(schedule, settings, System::nanoTime, meters);
  }

  @Bean
  RoundLoop rateLoop(Rates rates) {
    return new RoundLoop("dispatcher-rates", RoundLoop.SERVES_THE_DISPATCHER, rates::round);
  }
}
