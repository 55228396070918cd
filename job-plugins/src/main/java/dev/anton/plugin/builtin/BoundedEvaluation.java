package dev.anton.plugin.builtin;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.Parser;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates JSONata within a budget. The library calls back at every step; what it does within one
 * step and without bounds (regular expressions, functions that make long texts) is replaced.
 */
final class BoundedEvaluation {

  /** By a variable of this name the library finds its callbacks: an expression may set none. */
  private static final String CALLBACKS = "__evaluate";

  /** What makes a text, rather than naming one that is there. */
  private static final Set<String> MAKERS = Set.of("binary", "function", "apply");

  /** The library keeps both to itself; the tests fail if a newer version has them no longer. */
  private static final VarHandle VALUE = field("value", Object.class);

  private static final VarHandle TYPE = field("type", String.class);

  private final EvaluationBudget budget;
  private final WrittenSizes sizes = new WrittenSizes();
  private final RegexTexts regexes;
  private final TokenTexts tokens;

  BoundedEvaluation(PluginContext context) {
    this.budget = new EvaluationBudget(context);
    this.regexes = new RegexTexts(budget);
    this.tokens = new TokenTexts(budget);
  }

  /**
   * @return null for nothing
   * @throws JException if the expression cannot be evaluated
   * @throws PluginException if it takes too much
   */
  @Nullable Object evaluate(String expression, Object data, Object input) {
    if (expression.contains(CALLBACKS)) {
      throw PluginException.permanent(
          "The JSONata expression uses a name that begins with " + CALLBACKS);
    }
    Jsonata jsonata = Jsonata.jsonata(expression);
    Jsonata.Frame frame = jsonata.createFrame();
    frame.bind("input", input);
    define(frame, "match", "<s-f<s:o>n?:a<o>>", this::match);
    define(frame, "contains", "<s-(sf):b>", this::contains);
    define(frame, "replace", "<s-(sf)(sf)n?:s>", this::replace);
    define(frame, "split", "<s-(sf)n?:a<s>>", this::split);
    define(frame, "substringBefore", "<s-s:s>", arguments -> part(arguments, tokens::before));
    define(frame, "substringAfter", "<s-s:s>", arguments -> part(arguments, tokens::after));
    define(frame, "pad", "<s-ns?:s>", this::pad);
    define(frame, "join", "<a<s>s?:s>", this::join);
    define(
        frame,
        "eval",
        "<sx?:x>",
        arguments -> {
          throw PluginException.permanent("The JSONata function $eval is not to be had here");
        });
    frame.setEvaluateEntryCallback(
        (symbol, stepInput, environment) -> {
          budget.step();
          if (VALUE.get(symbol) instanceof Pattern pattern) {
            VALUE.set(symbol, new BoundedRegex(pattern, budget));
          }
        });
    frame.setEvaluateExitCallback(
        (symbol, stepInput, environment, result) -> made(String.valueOf(TYPE.get(symbol)), result));
    Object result = jsonata.evaluate(data, frame);
    budget.result(sizes.of(result));
    return result;
  }

  private void made(String type, @Nullable Object value) {
    if (value instanceof CharSequence text && MAKERS.contains(type)) {
      budget.text(text.length());
    } else if (value instanceof Collection<?> items && !type.equals("variable")) {
      budget.items(items.size());
      budget.written(sizes.of(items));
    } else if (value instanceof Map<?, ?> fields && !type.equals("variable")) {
      budget.items(fields.size());
      budget.written(sizes.of(fields));
    }
  }

  private interface Function {
    @Nullable Object call(List<?> arguments);
  }

  /** A function of nothing is nothing, as in all of JSONata. */
  private static void define(
      Jsonata.Frame frame, String name, String signature, Function function) {
    JFunctionCallable callable =
        (input, arguments) ->
            argument((List<?>) arguments, 0) == null ? null : function.call((List<?>) arguments);
    frame.bind(name, new JFunction(callable, signature));
  }

  private Object match(List<?> arguments) {
    return regexes.matches(text(arguments, 0), regex(arguments, 1), limit(arguments, 2));
  }

  private Object contains(List<?> arguments) {
    String text = text(arguments, 0);
    return argument(arguments, 1) instanceof String token
        ? tokens.contains(text, token)
        : regex(arguments, 1).matcher(text).find();
  }

  private Object replace(List<?> arguments) {
    Object by = argument(arguments, 2);
    return argument(arguments, 1) instanceof String token
        ? tokens.replace(text(arguments, 0), token, by, limit(arguments, 3))
        : regexes.replace(text(arguments, 0), regex(arguments, 1), by, limit(arguments, 3));
  }

  private Object split(List<?> arguments) {
    return argument(arguments, 1) instanceof String token
        ? tokens.split(text(arguments, 0), token, limit(arguments, 2))
        : regexes.split(text(arguments, 0), regex(arguments, 1), limit(arguments, 2));
  }

  /** Without a text to look for it is all of it, as with the library. */
  private static Object part(List<?> arguments, BinaryOperator<String> part) {
    String text = text(arguments, 0);
    return argument(arguments, 1) instanceof String token ? part.apply(text, token) : text;
  }

  private Object pad(List<?> arguments) {
    Number width = (Number) argument(arguments, 1);
    String with = argument(arguments, 2) instanceof String some && !some.isEmpty() ? some : " ";
    return tokens.pad(text(arguments, 0), width == null ? 0 : width.longValue(), with);
  }

  @SuppressWarnings("unchecked") // the signature has checked it
  private Object join(List<?> arguments) {
    List<String> texts = (List<String>) Objects.requireNonNull(argument(arguments, 0));
    String separator = (String) argument(arguments, 1);
    long length = (separator == null ? 0L : separator.length()) * texts.size();
    for (String text : texts) {
      length += text.length();
    }
    budget.text(length);
    return Functions.join(texts, separator);
  }

  private static String text(List<?> arguments, int index) {
    return (String) Objects.requireNonNull(argument(arguments, index));
  }

  private static BoundedRegex regex(List<?> arguments, int index) {
    if (argument(arguments, index) instanceof BoundedRegex regex) {
      return regex;
    }
    throw PluginException.permanent(
        "The JSONata expression matches by something other than a regular expression");
  }

  private static int limit(List<?> arguments, int index) {
    if (!(argument(arguments, index) instanceof Number limit)) {
      return Integer.MAX_VALUE;
    }
    if (limit.doubleValue() < 0) {
      throw PluginException.permanent("The JSONata expression limits something below 0");
    }
    return limit.intValue();
  }

  private static @Nullable Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(Parser.Symbol.class, MethodHandles.lookup())
          .findVarHandle(Parser.Symbol.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
