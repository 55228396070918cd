package dev.anton.executor.runner.builtin;

import dev.anton.executor.runner.builtin.ModelAnswer.Ending;
import dev.anton.executor.runner.builtin.ModelSettings.Endpoint;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a provider is asked for files, and how its answer is read. */
sealed interface ModelProtocol {

  /** What an answer looks like, as JSON Schema. */
  JsonNode ANSWER_SCHEMA =
      JsonMapper.shared()
          .readTree(
              """
              {
                "type": "object",
                "properties": {
                  "files": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "properties": {
                        "path": {"type": "string"},
                        "content": {"type": "string"}
                      },
                      "required": ["path", "content"],
                      "additionalProperties": false
                    }
                  }
                },
                "required": ["files"],
                "additionalProperties": false
              }
              """);

  /**
   * @throws IllegalArgumentException for a name that is none of the three
   */
  static ModelProtocol of(String provider) {
    return switch (provider) {
      case "openai" -> new OpenAi();
      case "anthropic" -> new Anthropic();
      case "ollama" -> new Ollama();
      default ->
          throw new IllegalArgumentException(
              "its setting provider is openai, anthropic or ollama, not " + provider);
    };
  }

  String defaultBaseUrl();

  /**
   * Whether it is of no use without a key. Servers of one's own often want none; a public one says
   * so itself.
   */
  default boolean needsKey() {
    return false;
  }

  /** What comes behind the base URL. */
  String path();

  default Map<String, String> headers(Endpoint endpoint) {
    return endpoint.apiKey().isEmpty()
        ? Map.of()
        : Map.of("Authorization", "Bearer " + endpoint.apiKey());
  }

  JsonNode body(Endpoint endpoint, Conversation conversation, int outputTokens);

  /** Reads an answer of status 200; what is missing in it reads as empty. */
  ModelAnswer read(JsonNode answer);

  private static ArrayNode turns(Conversation conversation, ArrayNode messages) {
    for (int i = 0; i < conversation.turns().size(); i++) {
      messages
          .addObject()
          .put("role", i % 2 == 0 ? "user" : "assistant")
          .put("content", conversation.turns().get(i));
    }
    return messages;
  }

  private static ArrayNode withSystem(Conversation conversation) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    messages.addObject().put("role", "system").put("content", conversation.system());
    return turns(conversation, messages);
  }

  /** Chat completions, which many servers speak (platform.openai.com/docs/api-reference/chat). */
  record OpenAi() implements ModelProtocol {

    @Override
    public String defaultBaseUrl() {
      return "https://api.openai.com/v1";
    }

    @Override
    public String path() {
      return "/chat/completions";
    }

    @Override
    public JsonNode body(Endpoint endpoint, Conversation conversation, int outputTokens) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("model", endpoint.model());
      body.set("messages", withSystem(conversation));
      // The public API has renamed it; the servers that imitate it know the old name.
      boolean renamed = "api.openai.com".equals(endpoint.baseUrl().getHost());
      body.put(renamed ? "max_completion_tokens" : "max_tokens", outputTokens);
      if (!endpoint.responseFormat().equals("none")) {
        ObjectNode format = body.putObject("response_format");
        format.put("type", endpoint.responseFormat());
        if (endpoint.responseFormat().equals("json_schema")) {
          format
              .putObject("json_schema")
              .put("name", "files")
              .put("strict", true)
              .set("schema", ANSWER_SCHEMA);
        }
      }
      return body;
    }

    @Override
    public ModelAnswer read(JsonNode answer) {
      JsonNode choice = answer.path("choices").path(0);
      String refusal = choice.path("message").path("refusal").asString("");
      String reason = choice.path("finish_reason").asString("");
      int tokens = answer.path("usage").path("total_tokens").asInt(0);
      if (!refusal.isEmpty() || reason.equals("content_filter")) {
        return new ModelAnswer(refusal, Ending.REFUSED, tokens);
      }
      return new ModelAnswer(
          choice.path("message").path("content").asString(""),
          reason.equals("length") ? Ending.CUT : Ending.WHOLE,
          tokens);
    }
  }

  /** Messages with one tool that must be used (docs.anthropic.com/en/api/messages). */
  record Anthropic() implements ModelProtocol {

    private static final String TOOL = "write_files";

    @Override
    public String defaultBaseUrl() {
      return "https://api.anthropic.com";
    }

    @Override
    public boolean needsKey() {
      return true;
    }

    @Override
    public String path() {
      return "/v1/messages";
    }

    @Override
    public Map<String, String> headers(Endpoint endpoint) {
      return Map.of("x-api-key", endpoint.apiKey(), "anthropic-version", "2023-06-01");
    }

    @Override
    public JsonNode body(Endpoint endpoint, Conversation conversation, int outputTokens) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("model", endpoint.model());
      body.put("max_tokens", outputTokens);
      body.put("system", conversation.system());
      body.set("messages", turns(conversation, JsonNodeFactory.instance.arrayNode()));
      body.putArray("tools")
          .addObject()
          .put("name", TOOL)
          .put("description", "Writes files of the project")
          .set("input_schema", ANSWER_SCHEMA);
      body.putObject("tool_choice").put("type", "tool").put("name", TOOL);
      return body;
    }

    @Override
    public ModelAnswer read(JsonNode answer) {
      StringBuilder text = new StringBuilder();
      for (JsonNode block : answer.path("content")) {
        if (block.path("type").asString("").equals("tool_use")) {
          // What it says beside is not asked for.
          text.setLength(0);
          text.append(block.path("input"));
          break;
        }
        text.append(block.path("text").asString(""));
      }
      JsonNode usage = answer.path("usage");
      return new ModelAnswer(
          text.toString(),
          switch (answer.path("stop_reason").asString("")) {
            case "max_tokens" -> Ending.CUT;
            case "refusal" -> Ending.REFUSED;
            default -> Ending.WHOLE;
          },
          usage.path("input_tokens").asInt(0) + usage.path("output_tokens").asInt(0));
    }
  }

  /** Ollama's own chat (github.com/ollama/ollama, docs/api.md). */
  record Ollama() implements ModelProtocol {

    @Override
    public String defaultBaseUrl() {
      return "http://127.0.0.1:11434";
    }

    @Override
    public String path() {
      return "/api/chat";
    }

    @Override
    public JsonNode body(Endpoint endpoint, Conversation conversation, int outputTokens) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("model", endpoint.model());
      body.set("messages", withSystem(conversation));
      body.put("stream", false);
      body.set("format", ANSWER_SCHEMA);
      body.putObject("options").put("num_predict", outputTokens);
      return body;
    }

    @Override
    public ModelAnswer read(JsonNode answer) {
      return new ModelAnswer(
          answer.path("message").path("content").asString(""),
          answer.path("done_reason").asString("").equals("length") ? Ending.CUT : Ending.WHOLE,
          answer.path("prompt_eval_count").asInt(0) + answer.path("eval_count").asInt(0));
    }
  }
}
