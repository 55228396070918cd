package dev.anton.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param rate events published per second
 * @param endpoints each gets the same share of the events
 * @param published events that the broker has acknowledged
 * @param received events that an endpoint has accepted, each counted once
 * @param duplicates acceptances beyond the first of an event
 * @param unwritten acceptances that no journal knew of when a dispatcher was killed: these may be
 *     repeated
 * @param unexpected duplicates of other events than those
 * @param inexcusable those of them that the journal does not explain by an attempt whose answer did
 *     not reach the dispatcher in time, as on a machine with too much to do
 * @param dead events on the dead-letter topic
 * @param lost events that were published and neither received nor dead-lettered
 * @param attempts requests that have reached an endpoint
 * @param strayed requests to any other place than the registered one
 * @param secondsToRecover from the end of the fault until the last event had arrived that was late
 *     by more than a second; zero if none was
 * @param p99MillisBefore of healthy endpoints, from publishing to acceptance, up to the second
 *     before the fault, whose events it may hit already
 * @param p99MillisDuring the same from the fault's beginning until all had recovered
 * @param healthyPerSecondBefore events that healthy endpoints accepted a second before the fault
 * @param healthyPerSecondDuring the same while an endpoint was at fault, or until all had recovered
 * @param journal how many deliveries ended with each status, in the dispatcher's own words
 */
record FaultReport(
    String fault,
    Instant at,
    int rate,
    int dispatchers,
    int endpoints,
    long published,
    long received,
    long duplicates,
    long unwritten,
    long unexpected,
    long inexcusable,
    long dead,
    long lost,
    long attempts,
    int strayed,
    double secondsToRecover,
    double p99MillisBefore,
    double p99MillisDuring,
    double healthyPerSecondBefore,
    double healthyPerSecondDuring,
    Map<String, Long> journal) {

  /** One line for a person. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-24s published %d, received %d, duplicates %d (%d unwritten, %d unexpected), dead %d,"
            + " lost %d, recovered in %.1f s, p99 of healthy endpoints %.0f ms before, %.0f ms"
            + " during, rate %.0f/s before, %.0f/s during",
        fault,
        published,
        received,
        duplicates,
        unwritten,
        unexpected,
        dead,
        lost,
        secondsToRecover,
        p99MillisBefore,
        p99MillisDuring,
        healthyPerSecondBefore,
        healthyPerSecondDuring);
  }

  /** Leaves it for machines, in a file named for the fault. */
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve(fault + ".json"),
        WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  /** Nothing is lost, repeated without excuse or sent astray, and the journal says the same. */
  void assertSafe() {
    assertThat(lost).as("lost").isZero();
    assertThat(inexcusable).as("duplicates of what the journal knew as delivered").isZero();
    assertThat(strayed).as("requests to where nobody was asked to go").isZero();
    assertThat(journal.getOrDefault("dead", 0L)).as("dead in the journal").isEqualTo(dead);
    assertThat(journal.keySet()).as("statuses in the journal").isSubsetOf("delivered", "dead");
    assertThat(journal.values().stream().mapToLong(Long::longValue).sum())
        .as("deliveries in the journal")
        .isEqualTo(published);
  }
}
