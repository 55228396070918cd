package dev.anton.planner.model;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes Spring AI's client of the configured provider. None of them retries by itself: what is
 * tried again, how long and for how much is decided in one place.
 */
final class ChatModels {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private ChatModels() {}

  /**
   * @throws IllegalStateException if no provider is configured
   */
  static ChatModel of(ModelProperties properties) {
    silence();
    return switch (properties.provider()) {
      case OPENAI -> openAi(properties);
      case ANTHROPIC -> anthropic(properties);
      case OLLAMA -> ollama(properties);
      case NONE -> throw new IllegalStateException("No model is configured");
    };
  }

  /**
   * The library logs whole prompts, and errors with what the provider wrote, which may hold a part
   * of the key. What went wrong is logged by us, in our words.
   */
  private static void silence() {
    LoggingSystem logging = LoggingSystem.get(ChatModels.class.getClassLoader());
    logging.setLogLevel("org.springframework.ai", LogLevel.OFF);
    logging.setLogLevel("reactor.core.publisher.Operators", LogLevel.OFF);
  }

  private static ChatModel openAi(ModelProperties properties) {
    OpenAiChatOptions.Builder options =
        OpenAiChatOptions.builder()
            .baseUrl(properties.baseUrlOrDefault())
            // Empty: no header. Absent would be whatever the environment holds.
            .apiKey(properties.apiKey().value())
            .timeout(properties.limits().callTimeout())
            .maxRetries(0)
            .model(properties.name())
            .maxTokens(properties.limits().maxOutputTokens())
            .temperature(properties.temperature());
    if (properties.json()) {
      options.responseFormat(
          OpenAiChatModel.ResponseFormat.builder()
              .type(OpenAiChatModel.ResponseFormat.Type.JSON_OBJECT)
              .build());
    }
    return OpenAiChatModel.builder().options(options.build()).build();
  }

  private static ChatModel anthropic(ModelProperties properties) {
    AnthropicChatOptions options =
        AnthropicChatOptions.builder()
            .baseUrl(properties.baseUrlOrDefault())
            .apiKey(properties.apiKey().value())
            .timeout(properties.limits().callTimeout())
            .maxRetries(0)
            .model(properties.name())
            .maxTokens(properties.limits().maxOutputTokens())
            .temperature(properties.temperature())
            .build();
    return AnthropicChatModel.builder().options(options).build();
  }

  private static ChatModel ollama(ModelProperties properties) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    JdkClientHttpConnector connector = new JdkClientHttpConnector(client);
    connector.setReadTimeout(properties.limits().callTimeout());
    WebClient.Builder web = WebClient.builder().clientConnector(connector);
    authorize(web, properties.apiKey());
    OllamaChatOptions options =
        OllamaChatOptions.builder()
            .model(properties.name())
            .numPredict(properties.limits().maxOutputTokens())
            .temperature(properties.temperature())
            .format(properties.json() ? "json" : null)
            .build();
    return OllamaChatModel.builder()
        .ollamaApi(
            OllamaApi.builder()
                .baseUrl(properties.baseUrlOrDefault())
                .webClientBuilder(web)
                .build())
        .options(options)
        .build();
  }

  /** Ollama itself asks for no key; what stands before it may. */
  private static void authorize(WebClient.Builder web, ApiKey key) {
    if (!key.value().isEmpty()) {
      web.defaultHeaders(headers -> headers.setBearerAuth(key.value()));
    }
  }
}
