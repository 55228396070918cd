package dev.anton.dispatcher.parking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.dao.DataAccessException;

/** How much is parked and how late it is; asked of the database when the metrics are read. */
final class ParkedMetrics {

  ParkedMetrics(ParkedRows rows, MeterRegistry meters) {
    Gauge.builder("anton.parked", rows, whileReadable(ParkedRows::count))
        .description("Parked deliveries, as the database estimates them")
        .register(meters);
    TimeGauge.builder(
            "anton.parked.oldest.due",
            rows,
            TimeUnit.MILLISECONDS,
            whileReadable(parked -> parked.oldestDue().toMillis()))
        .description("How long the oldest due delivery has been waiting")
        .register(meters);
  }

  private static ToDoubleFunction<ParkedRows> whileReadable(ToDoubleFunction<ParkedRows> reading) {
    return rows -> {
      try {
        return reading.applyAsDouble(rows);
      } catch (DataAccessException e) {
        return Double.NaN;
      }
    };
  }
}
