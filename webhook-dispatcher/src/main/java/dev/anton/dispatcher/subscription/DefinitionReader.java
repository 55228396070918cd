package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.filter.EventFilter;
import dev.anton.dispatcher.filter.InvalidFilterException;
import dev.anton.schemas.id.Tenant;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what a client may choose of a subscription, for a registration or on top of one. */
@Component
final class DefinitionReader {

  /** The fields of a registration but for the secret. */
  static final List<String> FIELDS =
      List.of(
          "url",
          "events",
          "description",
          "headers",
          "format",
          "filter",
          "ordered",
          "maxRatePerSecond",
          "retry");

  private static final int MAX_DESCRIPTION = 1_000;
  private static final String FILTER_FORM =
      ". A filter is a condition in CEL on data and type, such as"
          + " has(data.amount) && data.amount > 100";
  private static final int MAX_RATE = 10_000;

  private final EndpointRules endpoints;
  private final EventSelection selection;
  private final DeliveryFeatures features;

  DefinitionReader(EndpointRules endpoints, EventSelection selection, DeliveryFeatures features) {
    this.endpoints = endpoints;
    this.selection = selection;
    this.features = features;
  }

  /**
   * @param before what holds for the fields that are absent; null for a registration
   * @throws dev.anton.api.problem.ProblemException if anything cannot be accepted
   */
  WebhookDefinition read(BodyReader body, Tenant tenant, @Nullable WebhookDefinition before) {
    Choice choice = new Choice(body, before);
    URI url = choice.of("url", WebhookDefinition::url, () -> endpoints.read(body));
    List<String> events =
        choice.of("events", WebhookDefinition::events, () -> selection.read(body, tenant));
    String description =
        choice.of(
            "description",
            WebhookDefinition::description,
            () -> body.text("description", MAX_DESCRIPTION));
    Map<String, String> headers =
        choice.of("headers", WebhookDefinition::headers, () -> HeaderRules.read(body));
    PayloadFormat format = choice.of("format", WebhookDefinition::format, () -> format(body));
    String filter = choice.of("filter", WebhookDefinition::filter, () -> filter(body));
    boolean ordered = choice.of("ordered", WebhookDefinition::ordered, () -> ordered(body));
    Integer rate =
        choice.of("maxRatePerSecond", WebhookDefinition::maxRatePerSecond, () -> rate(body));
    RetrySchedule retry = choice.of("retry", WebhookDefinition::retry, () -> RetryRules.read(body));
    body.check();
    return new WebhookDefinition(
        Objects.requireNonNull(url),
        Objects.requireNonNull(events),
        description,
        format,
        headers,
        filter,
        ordered,
        rate,
        retry);
  }

  private static PayloadFormat format(BodyReader body) {
    String name = body.text("format", 50);
    if (name == null) {
      return PayloadFormat.ANTON;
    }
    return Arrays.stream(PayloadFormat.values())
        .filter(format -> format.wireName().equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              String known =
                  Arrays.stream(PayloadFormat.values())
                      .map(PayloadFormat::wireName)
                      .collect(Collectors.joining(", "));
              body.refuse("unknown-format", "format", "format is one of " + known);
              return PayloadFormat.ANTON;
            });
  }

  private static @Nullable String filter(BodyReader body) {
    String filter = body.text("filter", EventFilter.MAX_LENGTH);
    if (filter != null) {
      try {
        EventFilter.parse(filter);
      } catch (InvalidFilterException e) {
        body.refuse("invalid-filter", "filter", e.getMessage() + FILTER_FORM);
      }
    }
    return filter;
  }

  private boolean ordered(BodyReader body) {
    boolean ordered = body.bool("ordered", false);
    if (ordered && !features.ordered()) {
      body.refuse(
          "ordered-not-supported",
          "ordered",
          "Strict order is not kept by this version; leave ordered out, or set it to false");
    }
    return ordered;
  }

  private @Nullable Integer rate(BodyReader body) {
    Integer rate = body.integer("maxRatePerSecond", 1, MAX_RATE);
    if (rate != null && !features.rate()) {
      body.refuse(
          "rate-not-supported",
          "maxRatePerSecond",
          "Rates are not limited by this version; leave maxRatePerSecond out");
    }
    return rate;
  }

  /** What the body says of a field, or what held before where it says nothing. */
  private record Choice(BodyReader body, @Nullable WebhookDefinition before) {

    <T extends @Nullable Object> T of(
        String field, Function<WebhookDefinition, T> kept, Supplier<T> read) {
      return before != null && !body.has(field) ? kept.apply(before) : read.get();
    }
  }
}
