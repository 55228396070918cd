package dev.anton.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir Path folder;

  @Test
  void quotesTheDescriptionOfAFailedStart() throws IOException {
    assertThat(
            telling(
                """
                12:00 ERROR LoggingFailureAnalysisReporter :

                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Web server failed to start. Port 3001 was already in use.

                Action:

                Stop the process that's listening.
                """))
        .isEqualTo("Web server failed to start. Port 3001 was already in use.");
  }

  @Test
  void quotesTheCauseOfTheLastStackTrace() throws IOException {
    assertThat(
            telling(
                """
                12:00 ERROR Application run failed
                java.lang.IllegalStateException: outer
                \tat a.B.c(B.java:1)
                Caused by: java.sql.SQLException: no such table
                \tat a.B.d(B.java:2)
                \t... 12 more
                12:00 INFO bye
                """))
        .isEqualTo("Caused by: java.sql.SQLException: no such table");
  }

  @Test
  void quotesTheLastErrorElseTheLastLine() throws IOException {
    assertThat(telling("1 LOG: starting\n2 FATAL: no pg_hba.conf entry\n3 LOG: shut down\n"))
        .isEqualTo("2 FATAL: no pg_hba.conf entry");
    assertThat(telling("first\nlast\n\n")).isEqualTo("last");
    assertThat(LogTail.lastTelling(folder.resolve("absent"))).isEqualTo("it wrote nothing");
  }

  private String telling(String content) throws IOException {
    return LogTail.lastTelling(Files.writeString(folder.resolve("log"), content));
  }
}
