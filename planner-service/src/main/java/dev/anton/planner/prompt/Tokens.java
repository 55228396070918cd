package dev.anton.planner.prompt;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits text into words and punctuation marks, in lower case and without accents. */
final class Tokens {

  /** A word may hold dots and apostrophes inside, and end as in C++ and C#. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\p{L}\\p{N}_]+(?:[.'’][\\p{L}\\p{N}]+)*(?:\\+\\+|#)?|[,;:.!?()\\[\\]{}&/]|\\n");

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern TO_DO = Pattern.compile("\\bto[- ]do(s?)\\b");
  private static final Pattern E_COMMERCE = Pattern.compile("\\be-commerce\\b");
  private static final Pattern E_MAIL = Pattern.compile("\\be-mail(s?)\\b");

  private Tokens() {}

  static List<String> of(String text) {
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT);
    // Compounds whose parts mean something else; every other hyphen separates words.
    plain = TO_DO.matcher(plain).replaceAll("todo$1");
    plain = E_COMMERCE.matcher(plain).replaceAll("ecommerce");
    plain = E_MAIL.matcher(plain).replaceAll("email$1");
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(plain);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** The words of a text that are separated by white space. */
  static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  static boolean isMark(String token) {
    return token.length() == 1 && !Character.isLetterOrDigit(token.charAt(0));
  }
}
