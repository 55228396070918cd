package dev.anton.executor.runner.builtin;

import dev.anton.egress.AddressRefusedException;
import dev.anton.outgoing.AnswerJson;
import dev.anton.outgoing.CallSettings;
import dev.anton.outgoing.HttpCall;
import dev.anton.outgoing.IllegalCallException;
import dev.anton.outgoing.OutgoingHttp;
import dev.anton.outgoing.OutgoingResponse;
import dev.anton.outgoing.ResponseTooLargeException;
import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one HTTP call, as {@link HttpCall} describes it. The output is {@code {"status", "headers",
 * "body"}}. An attempt that is made again sends the request again: what must not happen twice needs
 * a header or a URL by which the other side can tell.
 *
 * <p>Settings: those of {@link CallSettings}.
 */
@RunnerName("http")
public final class HttpRunner implements NodeRunner {

  @Override
  public Optional<String> unavailable(Map<String, String> settings) {
    try {
      CallSettings.of(settings);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("its settings cannot be read: " + e.getMessage());
    }
  }

  @Override
  public NodeResult run(NodeContext context) throws InterruptedException {
    CallSettings settings = CallSettings.of(context.settings());
    HttpCall call;
    try {
      call = HttpCall.read(context.inputs(), null, settings);
    } catch (IllegalCallException e) {
      return NodeResult.badInput("inputs." + e.reason());
    }
    String target = call.request().method() + " " + call.request().url().getHost();
    try {
      OutgoingResponse response = new OutgoingHttp(settings.resolver()).send(call.request());
      int status = response.status();
      context.log().line(target + ": " + status + ", " + response.body().length + " bytes");
      return call.expected().accepts(status)
          ? NodeResult.completed(AnswerJson.of(response, call.outputHeaders()))
          : new NodeResult.Failed(
              target + " answered with the status " + status, call.retryOn().contains(status));
    } catch (AddressRefusedException | ResponseTooLargeException e) {
      return NodeResult.badInput(target + ": " + e.getMessage());
    } catch (IOException e) {
      context.log().line(target + ": " + e);
      return NodeResult.failed(target + ": " + e.getMessage());
    }
  }
}
