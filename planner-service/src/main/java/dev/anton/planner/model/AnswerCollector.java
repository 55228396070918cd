package dev.anton.planner.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.BaseSubscriber;

/**
 * Collects a streamed answer, of which it keeps a bounded amount. What it has is to be read after
 * {@link #end} is completed or the stream cancelled.
 */
final class AnswerCollector extends BaseSubscriber<ChatResponse> {

  /** More than twice what a plan may have. */
  static final int MAX_CHARACTERS = 600_000;

  private static final Set<String> CUT = Set.of("length", "max_tokens", "max_completion_tokens");
  private static final Set<String> REFUSED = Set.of("content_filter", "refusal", "safety");

  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private volatile long lastHeard = System.nanoTime();
  private volatile String finish = "";
  private volatile boolean refused;
  private volatile TokenCount tokens = TokenCount.NONE;

  /** Completed with the last word, or with what was thrown. */
  CompletableFuture<@Nullable Void> end() {
    return end;
  }

  /** Of {@link System#nanoTime}. */
  long lastHeard() {
    return lastHeard;
  }

  String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  int length() {
    synchronized (text) {
      return text.length();
    }
  }

  /** In UTF-8. */
  long bytes() {
    return text().getBytes(UTF_8).length;
  }

  /** Whether the provider said that this was all. */
  boolean finished() {
    return !finish.isEmpty();
  }

  boolean cut() {
    return CUT.contains(finish);
  }

  boolean refused() {
    return refused || REFUSED.contains(finish);
  }

  /** As the provider counted; zero where it did not say. */
  TokenCount tokens() {
    return tokens;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  protected void hookOnNext(ChatResponse response) {
    lastHeard = System.nanoTime();
    Generation generation = response.getResult();
    if (generation != null) {
      take(generation);
    }
    Usage usage = response.getMetadata().getUsage();
    tokens =
        new TokenCount(
            Math.max(tokens.input(), usage.getPromptTokens()),
            Math.max(tokens.output(), usage.getCompletionTokens()));
  }

  private void take(Generation generation) {
    String piece = generation.getOutput().getText();
    if (piece != null) {
      append(piece);
    }
    String reason = generation.getMetadata().getFinishReason();
    if (reason != null && !reason.isBlank()) {
      finish = reason.toLowerCase(Locale.ROOT);
    }
    if (generation.getOutput().getMetadata().get("refusal") instanceof String refusal
        && !refusal.isBlank()) {
      refused = true;
    }
  }

  /** One character more than is allowed shows that there is more. */
  private void append(String piece) {
    synchronized (text) {
      text.append(piece, 0, Math.min(piece.length(), MAX_CHARACTERS + 1 - text.length()));
    }
  }

  @Override
  protected void hookOnComplete() {
    end.complete(null);
  }

  @Override
  protected void hookOnError(Throwable thrown) {
    end.completeExceptionally(thrown);
  }
}
