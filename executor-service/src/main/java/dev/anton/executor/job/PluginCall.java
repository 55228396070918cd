package dev.anton.executor.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.executor.plugin.InstalledPlugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls a plugin and makes an outcome of whatever it does. */
final class PluginCall {

  /** Of all outputs of a job together: each later plugin is given all of them, in memory. */
  static final int MAX_OUTPUTS_BYTES = 4 * PluginResult.MAX_OUTPUT_BYTES;

  /** An error stands twice in {@code job.failed}. */
  static final int MAX_ERROR_CHARACTERS = 1_000;

  private static final String UNEXPECTED = "Plugin execution failed";

  private PluginCall() {}

  /** Runs the plugin on the calling thread. */
  static PluginOutcome make(InstalledPlugin plugin, ClaimedJob claimed, PluginContext context) {
    long start = System.nanoTime();
    try {
      checkData(plugin, context);
      PluginResult result = plugin.plugin().run(context);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      return succeeded(result, duration, claimed, context);
    } catch (PluginException e) {
      return new PluginOutcome.Failed(presentable(e.getMessage()), e.isRetryable(), e.getCause());
    } catch (InterruptedException | CancellationException e) {
      // Asked to leave, its outcome is settled already; by itself, it has failed.
      return new PluginOutcome.Failed(UNEXPECTED, true, e);
    } catch (Throwable e) {
      // A plugin is others' code: whatever comes out of it, its job is not to wait for it.
      return new PluginOutcome.Failed(UNEXPECTED, true, e);
    }
  }

  /** The first plugin's was checked when the job was taken in; others have it from one before. */
  private static void checkData(InstalledPlugin plugin, PluginContext context) {
    if (context.earlier().isEmpty()) {
      return;
    }
    JsonNode data = context.data();
    if (data.isMissingNode()) {
      throw PluginException.permanent(context.pluginName() + " has no data to work on");
    }
    List<InstalledPlugin.Violation> violations = plugin.checkData(data);
    if (!violations.isEmpty()) {
      InstalledPlugin.Violation first = violations.getFirst();
      throw PluginException.permanent(
          "%s cannot work on its data: %s %s"
              .formatted(context.pluginName(), first.pointer(), first.message()));
    }
  }

  private static PluginOutcome succeeded(
      @Nullable PluginResult result, Duration duration, ClaimedJob claimed, PluginContext context) {
    if (result == null || result.output() == null || result.output().isMissingNode()) {
      return tooMuch("It returned no output");
    }
    try {
      int bytes = JsonSize.upTo(PluginResult.MAX_OUTPUT_BYTES, result.output());
      if (bytes > PluginResult.MAX_OUTPUT_BYTES) {
        return tooMuch(
            "Its output has more than the %d bytes that are kept"
                .formatted(PluginResult.MAX_OUTPUT_BYTES));
      }
      long all = bytes;
      for (CompletedPlugin earlier : claimed.completed()) {
        all += JsonSize.upTo(PluginResult.MAX_OUTPUT_BYTES, earlier.output());
      }
      if (all > MAX_OUTPUTS_BYTES) {
        return tooMuch(
            "With its output the job's have %d bytes; at most %d are kept"
                .formatted(all, MAX_OUTPUTS_BYTES));
      }
    } catch (JacksonException e) {
      return new PluginOutcome.Failed("Its output cannot be written as JSON", false, e);
    }
    return new PluginOutcome.Succeeded(
        new CompletedPlugin(
            context.pluginName(),
            context.metrics().processedItems(),
            duration.toMillis(),
            context.metrics().own(),
            result.output()));
  }

  private static PluginOutcome tooMuch(String error) {
    return new PluginOutcome.Failed(error, /* retryable= */ false, /* cause= */ null);
  }

  /** Cut to its bound, without what the database or a JSON text cannot hold. */
  private static String presentable(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return UNEXPECTED;
    }
    String cut =
        message.length() <= MAX_ERROR_CHARACTERS
            ? message
            : message.substring(0, MAX_ERROR_CHARACTERS - 1) + "…";
    String wellFormed = new String(cut.getBytes(UTF_8), UTF_8);
    return wellFormed.replaceAll("\\p{Cntrl}", " ");
  }
}
