package dev.anton.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.fixture.ExecutorApi;
import dev.anton.executor.fixture.ExecutorTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** An executor that renews its leases all the time. */
@TestPropertySource(properties = "anton.executor.heartbeat=1ms")
@ExtendWith(OutputCaptureExtension.class)
class RenewalTest extends ExecutorTest {

  private static final int EXECUTIONS = 200;

  private final ExecutorApi api;

  RenewalTest(@LocalServerPort int port) {
    this.api = new ExecutorApi(port);
  }

  @Test
  void aLeaseThatIsGivenBackMeanwhileIsNotTakenForLost(CapturedOutput output) {
    List<String> ids =
        Stream.generate(
                () -> api.start("{\"plan\": {\"nodes\": [{\"id\": \"a\", \"runner\": \"noop\"}]}}"))
            .limit(EXECUTIONS)
            .toList();

    ids.forEach(id -> api.awaitStatus(id, "completed"));

    assertThat(output).contains(ids.getLast()).doesNotContain("is lost");
  }
}
