package dev.anton.stack.service;

import dev.anton.stack.process.ChildProcess;
import dev.anton.stack.process.LogTail;
import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.Pause;
import dev.anton.stack.process.ServerProcess;
import dev.anton.stack.process.StartException;
import dev.anton.stack.process.StopSignal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** A running service. */
public final class ServiceServer implements ServerProcess {

  /** A cold start beside three others on a busy two-core machine takes half a minute. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  /** A service drains for up to 20 s before it stops. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private static final int ANSWER_MILLIS = 2_000;

  private final ServiceSpec spec;
  private final ChildProcess process;

  private ServiceServer(ServiceSpec spec, ChildProcess process) {
    this.spec = spec;
    this.process = process;
  }

  /** Starts the service without waiting for it. */
  public static ServiceServer launch(ServiceSpec spec) {
    try {
      return new ServiceServer(spec, ChildProcess.start(spec.command()));
    } catch (IOException e) {
      throw new StartException(
          "%s could not be started: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void awaitReady() {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!(LoopbackPorts.accepts(spec.port()) && answersReady())) {
      if (!process.isAlive()) {
        throw new StartException(
            "%s stopped while it was starting: %s (log: %s)"
                .formatted(spec.name(), LogTail.lastTelling(spec.log()), spec.log()));
      }
      if (System.nanoTime() > deadline) {
        throw new StartException(
            "%s is not ready after %d s: %s (log: %s)"
                .formatted(
                    spec.name(),
                    START_PATIENCE.toSeconds(),
                    LogTail.lastTelling(spec.log()),
                    spec.log()));
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  @Override
  public void close() {
    process.stop(StopSignal.TERM, STOP_PATIENCE);
  }

  private boolean answersReady() {
    try {
      URI readiness =
          URI.create(
              "http://%s:%d%s".formatted(LoopbackPorts.ADDRESS, spec.port(), spec.readinessPath()));
      HttpURLConnection connection = (HttpURLConnection) readiness.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
