package dev.anton.dispatcher.eventtype;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * A schema's regular expressions, matched by RE2 in time linear to the text. What it does not know
 * (look-around, back references) is refused when the schema is registered.
 */
final class LinearPatterns implements RegularExpressionFactory {

  /** Longer ones are no patterns a person wrote; a compiled one takes memory by its length. */
  private static final int MAX_LENGTH = 1_000;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    if (regex.length() > MAX_LENGTH) {
      throw new SchemaException("A pattern has at most " + MAX_LENGTH + " characters");
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      return text -> pattern.matcher(text).find();
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          "A pattern is a regular expression without look-around and back references: "
              + e.getDescription());
    }
  }
}
