package dev.anton.dispatcher.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.dispatcher.filter.FilterFailedException.Kind;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {

  private static final String DATA =
      """
      {"amount": 100.5, "count": 3, "huge": 123456789012345678901234567890, "paid": true,
       "note": null, "name": "order-17", "tags": ["a", "b"], "lines": [{"sku": "x", "price": 5},
       {"sku": "y", "price": 50}], "customer": {"country": "DE"}, "at": "2026-01-02T03:04:05Z"}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.amount > 100",
        "data.count == 3 && data.paid",
        "data.count + 1 == 4",
        "data.huge > 1e20",
        "data.note == null",
        "data['name'].startsWith('order-')",
        "data.name.contains('er-1')",
        "data.name.matches('^order-[0-9]+$')",
        "'a' in data.tags && size(data.tags) == 2",
        "data.tags == ['a', 'b']",
        "data.lines.exists(line, line.price > 10 && line.sku == 'y')",
        "data.lines.all(line, has(line.price))",
        "data.lines.exists_one(line, line.price > 10)",
        "data.lines[1].sku == 'y'",
        "data.customer.country in ['DE', 'FR']",
        "data.customer == data.customer",
        "'country' in data.customer",
        "data.customer.exists(key, key == 'country')",
        "!has(data.missing) || data.missing > 1",
        "timestamp(data.at) < timestamp('2026-02-01T00:00:00Z')",
        "type == 'order.paid'",
        "data.paid ? data.count > 2 : false",
      })
  void saysYes(String filter) throws Exception {
    assertThat(accepts(filter, DATA)).isTrue();
    assertThat(accepts("!(" + filter + ")", DATA)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data.missing == 1        | missing",
        "data.name > 5            | overload",
        "data.customer.city == '' | city",
        "data.lines[2].sku == 'y'   | character 11: Index",
        "data.amount              | neither true nor false",
        "data.name + data.name == '' | overload",
        "10 / (data.count - 3) > 1 | zero",
        "data.tags.a == 1         | field",
      })
  void neitherYesNorNoIsAFailureWithAReason(String filter, String reason) throws Exception {
    EventFilter parsed = EventFilter.parse(filter);

    assertThatThrownBy(() -> parsed.accepts(event(DATA)))
        .isInstanceOf(FilterFailedException.class)
        .hasMessageStartingWith("the filter failed: ")
        .hasMessageContaining(reason)
        .extracting(failure -> ((FilterFailedException) failure).kind())
        .isEqualTo(Kind.ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data.amount >                          | line 1, column 14",
        "amount > 100                           | line 1, column 1: undeclared reference to"
            + " 'amount'",
        "data.amount = 100                      | line 1, column 13",
        "'a' + 'b' == 'ab'                      | line 1, column 5",
        "type                                   | bool",
        "data.name.matches(data.pattern)        | line 1, column 23: The pattern of matches() is a"
            + " text",
        "data.name.matches('(')                 | column 19: A pattern is a regular expression",
        "data.name.matches('((a{99}){99}){99}') | at most 1000",
        "data.l.exists(x, [x, x] == data.l)     | column 18: A list within all() or exists()",
        "data.l.map(x, x) == []                 | map",
        "{'a': 1} == data                       | makes no maps",
        "google.protobuf.Struct{} == data       | google.protobuf",
      })
  void whatCannotBeEvaluatedIsRefusedWithItsPlace(String filter, String told) {
    assertThatThrownBy(() -> EventFilter.parse(filter))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aFilterThatIsTooLongOrTooDeepIsRefused() {
    assertThatThrownBy(() -> EventFilter.parse("data.a == '" + "x".repeat(2_000) + "'"))
        .isInstanceOf(InvalidFilterException.class);
    assertThatThrownBy(() -> EventFilter.parse("(".repeat(500) + "true" + ")".repeat(500)))
        .isInstanceOf(InvalidFilterException.class);
    assertThatThrownBy(() -> EventFilter.parse("[".repeat(900) + "]".repeat(900) + " == data"))
        .isInstanceOf(InvalidFilterException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.l.all(a, data.l.all(b, data.l.all(c, c >= 0)))",
        "data.l.all(a, data.l == data.l)",
        "data.l.exists(a, data.t.contains(data.p))",
        "data.l.exists(a, data.t.matches('(a|b)*c(a|b)*c(a|b)*d'))",
        "data.t.contains(data.p) || true",
        "data.l.exists(a, data.t.contains(data.p) || true)",
      })
  void whatTakesTooLongIsGivenUp(String filter) throws Exception {
    String numbers =
        IntStream.range(0, 900).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String data =
        "{\"l\": [%s], \"t\": \"%s\", \"p\": \"%s\"}"
            .formatted(numbers, "a".repeat(100_000), "a".repeat(50_000) + "b");
    EventFilter parsed = EventFilter.parse(filter);

    assertThatThrownBy(() -> parsed.accepts(event(data)))
        .hasMessage("the filter failed: it takes too long on this event")
        .extracting(failure -> ((FilterFailedException) failure).kind())
        .isEqualTo(Kind.COST);
  }

  @Test
  void filtersOfOneEventShareABoundAndTheNextEventHasItsOwn() throws Exception {
    String data = "{\"t\": \"" + "a".repeat(20_000) + "\", \"n\": 1}";
    EventFilter costly = EventFilter.parse("!data.t.matches('x[0-9]y')");
    EventFilter cheap = EventFilter.parse("data.n == 1");
    FilteredEvent event = event(data);

    assertThat(costly.accepts(event)).isTrue();
    assertThatThrownBy(
            () -> {
              for (EventFilter filter : Collections.nCopies(1_000, costly)) {
                filter.accepts(event);
              }
            })
        .hasMessageContaining("too long");
    assertThatThrownBy(
            () -> {
              for (EventFilter filter : Collections.nCopies(1_000_000, cheap)) {
                filter.accepts(event);
              }
            })
        .hasMessageContaining("too long");

    assertThat(costly.accepts(event(data))).isTrue();
  }

  @Test
  void anEventsDataIsReadOnceAndOnlyWhenAsked() throws Exception {
    FilteredEvent event = event(DATA);
    Object first = event.find("data").orElseThrow();

    EventFilter.parse("data.count == 3").accepts(event);

    assertThat(event.find("data").orElseThrow()).isSameAs(first);
    assertThat(EventFilter.parse("type == 'order.paid'").accepts(event("not JSON"))).isTrue();
  }

  @Test
  void aStoredFilterThatIsNoLongerAcceptedSaysSo() {
    assertThatThrownBy(() -> EventFilter.of("no such thing").accepts(event(DATA)))
        .hasMessageContaining("line 1, column 4")
        .extracting(failure -> ((FilterFailedException) failure).kind())
        .isEqualTo(Kind.INVALID);
  }

  @Test
  void dataThatIsNoObjectIsReadToo() throws Exception {
    assertThat(accepts("data[1] == 2", "[1, 2]")).isTrue();
    assertThat(accepts("data == 'x'", "\"x\"")).isTrue();
    assertThat(accepts("data == null", "null")).isTrue();
    assertThat(accepts("data > 1", "1.5")).isTrue();
  }

  private static boolean accepts(String filter, String data) throws Exception {
    return EventFilter.parse(filter).accepts(event(data));
  }

  private static FilteredEvent event(String data) {
    return new FilteredEvent(
        new EventRecord(
            "evt_1",
            "order.paid",
            "/test",
            Instant.EPOCH,
            "o-1",
            Tenant.DEFAULT,
            "o-1",
            null,
            null,
            data.getBytes(UTF_8)));
  }
}
