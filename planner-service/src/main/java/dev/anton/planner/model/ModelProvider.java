package dev.anton.planner.model;

/** Who speaks for the model, and where it is by default. */
public enum ModelProvider {
  /** No model: rules plan. */
  NONE(""),
  /** OpenAI's chat completions, which most servers of models speak. */
  OPENAI("https://api.openai.com/v1"),
  /** Anthropic's messages. */
  ANTHROPIC("https://api.anthropic.com"),
  /** Ollama's chat. */
  OLLAMA("http://localhost:11434");

  private final String defaultBaseUrl;

  ModelProvider(String defaultBaseUrl) {
    this.defaultBaseUrl = defaultBaseUrl;
  }

  String defaultBaseUrl() {
    return defaultBaseUrl;
  }
}
