package dev.anton.planner.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which language model plans, if any.
 *
 * @param provider absent or {@code none}: rules plan
 * @param baseUrl absent: the provider's own
 * @param name as the provider calls the model
 * @param temperature from 0 to 2; absent: the provider's default, as some models take no other
 * @param json whether the provider is told to answer in JSON, where it can be told; some servers of
 *     OpenAI's protocol refuse a request that does
 * @param runners that the model is told of; each has to be one that the executors have
 */
@ConfigurationProperties("anton.planner.model")
public record ModelProperties(
    @DefaultValue("none") ModelProvider provider,
    @Nullable String baseUrl,
    @DefaultValue("") ApiKey apiKey,
    @DefaultValue("") String name,
    @Nullable Double temperature,
    @DefaultValue("true") boolean json,
    @DefaultValue({"template", "command", "git", "noop"}) Set<String> runners,
    @DefaultValue Limits limits,
    @DefaultValue Prices prices) {

  /**
   * What one session may take.
   *
   * @param timeLimit of all calls and pauses together; what a person waits for a plan
   * @param callTimeout of one call, from the request to the last word of the answer
   * @param silence how long a provider may say nothing within an answer; a model that thinks first
   *     is silent for that long
   * @param maxOutputTokens of one answer; a plan that writes its files into itself is long
   * @param maxTokens of all calls of a session together, in and out
   * @param retries of a call that failed for a reason that may pass
   * @param corrections how often the model is told what is wrong with its answer
   */
  public record Limits(
      @DefaultValue("4m") Duration timeLimit,
      @DefaultValue("2m") Duration callTimeout,
      @DefaultValue("60s") Duration silence,
      @DefaultValue("16000") int maxOutputTokens,
      @DefaultValue("120000") int maxTokens,
      @DefaultValue("2") int retries,
      @DefaultValue("2") int corrections) {

    public Limits {
      require(timeLimit.isPositive() && callTimeout.isPositive(), "Time limits are positive");
      require(silence.isPositive(), "Time limits are positive");
      require(maxOutputTokens > 0 && maxTokens > 0, "Limits of tokens are positive");
      require(retries >= 0 && retries <= 10, "retries is from 0 to 10");
      require(corrections >= 0 && corrections <= 10, "corrections is from 0 to 10");
    }
  }

  /**
   * What the model costs and what may be spent, all in one currency.
   *
   * @param input per million tokens of requests; 0: it costs nothing
   * @param output per million tokens of answers
   * @param sessionBudget that one session may spend; absent: no bound
   * @param dailyBudget that all sessions of all replicas may spend in a day (UTC); absent: no bound
   */
  public record Prices(
      @DefaultValue("0") BigDecimal input,
      @DefaultValue("0") BigDecimal output,
      @Nullable BigDecimal sessionBudget,
      @Nullable BigDecimal dailyBudget) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Prices {
      require(input.signum() >= 0 && output.signum() >= 0, "Prices are not negative");
      boolean free = input.signum() == 0 && output.signum() == 0;
      require(
          !free || (sessionBudget == null && dailyBudget == null),
          "A budget needs prices: set anton.planner.model.prices.input and .output");
    }

    BigDecimal of(TokenCount tokens) {
      BigDecimal millionths =
          input
              .multiply(BigDecimal.valueOf(tokens.input()))
              .add(output.multiply(BigDecimal.valueOf(tokens.output())));
      return millionths.divide(MILLION, SCALE, RoundingMode.CEILING);
    }
  }

  /** Digits after the point that costs are kept with. */
  static final int SCALE = 9;

  public ModelProperties {
    runners = Set.copyOf(runners);
    require(
        temperature == null || (temperature >= 0 && temperature <= 2),
        "anton.planner.model.temperature is from 0 to 2");
    if (provider != ModelProvider.NONE) {
      require(!name.isBlank(), "anton.planner.model.name says which model to ask");
    }
    require(
        provider != ModelProvider.ANTHROPIC || !apiKey.value().isEmpty(),
        "anton.planner.model.api-key is missing: Anthropic answers nobody without one");
  }

  String baseUrlOrDefault() {
    return baseUrl == null || baseUrl.isBlank() ? provider.defaultBaseUrl() : baseUrl;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
