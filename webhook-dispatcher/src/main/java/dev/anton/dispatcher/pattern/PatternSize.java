package dev.anton.dispatcher.pattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression is once its counted repetitions are written out, which is what the
 * compiler does: {@code ((a{1000}){1000}){1000}} is short to write and a billion states. The
 * reading is coarse and errs to the larger side.
 */
final class PatternSize {

  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?\\}");

  private final String regex;
  private final Deque<Long> sizes = new ArrayDeque<>(); // of the sequences around this one
  private long sequence;
  private long atom;

  private PatternSize(String regex) {
    this.regex = regex;
  }

  static long of(String regex) {
    return new PatternSize(regex).size();
  }

  private long size() {
    Matcher count = COUNT.matcher(regex);
    int i = 0;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      if (c == '{' && count.region(i, regex.length()).lookingAt()) {
        atom = saturatedProduct(atom, repetitions(count));
        i = count.end();
      } else {
        i = step(c, i);
      }
    }
    endAtom();
    sizes.forEach(outer -> sequence += outer);
    return sequence;
  }

  private int step(char c, int at) {
    switch (c) {
      case '(' -> {
        endAtom();
        sizes.push(sequence);
        sequence = 1;
      }
      case ')' -> {
        endAtom();
        atom = sequence;
        sequence = sizes.isEmpty() ? 0 : sizes.pop();
      }
      case '\\' -> {
        nextAtom();
        return at + 2;
      }
      case '[' -> {
        nextAtom();
        return endOfClass(at);
      }
      case '*', '+', '?' -> {
        // Loops and options repeat no states.
      }
      default -> nextAtom();
    }
    return at + 1;
  }

  private void nextAtom() {
    endAtom();
    atom = 1;
  }

  private void endAtom() {
    sequence = Math.min(Integer.MAX_VALUE, sequence + atom);
    atom = 0;
  }

  private int endOfClass(int start) {
    int i = start + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    i++; // a bracket that comes first is an element
    while (i < regex.length() && regex.charAt(i) != ']') {
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static long repetitions(Matcher count) {
    long most = Long.parseLong(count.group(1)) + (count.group(2) == null ? 0 : 1);
    String upper = count.group(3);
    return Math.max(1, upper == null || upper.isEmpty() ? most : Long.parseLong(upper));
  }

  private static long saturatedProduct(long atom, long times) {
    return Math.min(Integer.MAX_VALUE, atom * times);
  }
}
