package dev.anton.dispatcher.filter;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition of one subscription on events' data: an expression in CEL (Common Expression
 * Language) that gives true or false, on {@code data} and {@code type}.
 *
 * <p>It is compiled once, when it is first asked: with 100,000 subscriptions in memory few are in
 * use at a time. Two are equal if their texts are.
 */
public final class EventFilter {

  /** As long as a filter may be, in characters. */
  public static final int MAX_LENGTH = FilterLanguage.MAX_LENGTH;

  private static final int MAX_REASON = 300;

  /** How the interpreter says where, counting from 0. */
  private static final Pattern PLACE = Pattern.compile("evaluation error at <input>:(\\d{1,6})");

  private final String text;
  private volatile @Nullable Compiled compiled;

  private EventFilter(String text, @Nullable Compiled compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /** One that was accepted before. */
  public static EventFilter of(String text) {
    return new EventFilter(text, null);
  }

  /**
   * A new one.
   *
   * @throws InvalidFilterException if it cannot be accepted
   */
  public static EventFilter parse(String text) throws InvalidFilterException {
    return new EventFilter(text, new Compiled(FilterLanguage.compile(text), null));
  }

  /** As it was registered. */
  public String text() {
    return text;
  }

  /**
   * Whether the event is wanted.
   *
   * @throws FilterFailedException if it says neither yes nor no, or takes too long
   */
  public boolean accepts(FilteredEvent event) throws FilterFailedException {
    Program program = program();
    Cost cost = event.cost();
    cost.start();
    try {
      Object result = ScopedValue.where(Cost.CURRENT, cost).call(() -> program.eval(event::find));
      if (!cost.isExceeded()) {
        return answer(result);
      }
    } catch (CelEvaluationException | RuntimeException e) {
      if (!cost.isExceeded() && !isTooManySteps(e)) {
        throw failed(FilterFailedException.Kind.ERROR, told(e));
      }
    }
    throw failed(FilterFailedException.Kind.COST, "it takes too long on this event");
  }

  private static boolean answer(Object result) throws FilterFailedException {
    if (result instanceof Boolean wanted) {
      return wanted;
    }
    throw failed(FilterFailedException.Kind.ERROR, "it gives neither true nor false");
  }

  private Program program() throws FilterFailedException {
    Compiled known = compiled;
    if (known == null) {
      known = compile();
      compiled = known;
    }
    if (known.program() == null) {
      throw failed(FilterFailedException.Kind.INVALID, String.valueOf(known.flaw()));
    }
    return known.program();
  }

  private Compiled compile() {
    try {
      return new Compiled(FilterLanguage.compile(text), null);
    } catch (InvalidFilterException e) {
      return new Compiled(null, e.getMessage());
    }
  }

  private static String told(Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(message);
    return place.lookingAt()
        ? "character " + (Integer.parseInt(place.group(1)) + 1) + message.substring(place.end())
        : message;
  }

  private static boolean isTooManySteps(Exception e) {
    return e instanceof CelEvaluationException cel
        && cel.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED;
  }

  private static FilterFailedException failed(FilterFailedException.Kind kind, String why) {
    String reason = "the filter failed: " + why;
    return new FilterFailedException(
        kind, reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventFilter filter && filter.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  @Override
  public String toString() {
    return text;
  }

  /** One of the two is there. */
  private record Compiled(@Nullable Program program, @Nullable String flaw) {}
}
