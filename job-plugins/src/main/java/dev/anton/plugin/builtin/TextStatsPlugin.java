package dev.anton.plugin.builtin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginResult;
import java.text.BreakIterator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Counts what a text is made of; data that is no text is searched for the texts in it. */
@Plugin(
    name = "text-stats",
    description =
        "Counts characters, words, sentences and lines of a text, or of all texts within its data,"
            + " and names the most frequent words.",
    inputSchema =
        """
        {
          "description": "A text, or an array or object with texts anywhere within",
          "type": ["string", "array", "object"]
        }
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "properties": {
            "from": {"type": "string"},
            "top": {
              "description": "How many of the most frequent words to name; 10 unless told",
              "type": "integer", "minimum": 0, "maximum": 100
            }
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {
          "type": "object",
          "required": [
            "texts", "characters", "words", "uniqueWords", "sentences", "lines", "topWords"
          ],
          "properties": {
            "texts": {"type": "integer", "minimum": 0},
            "characters": {
              "description": "Unicode code points", "type": "integer", "minimum": 0
            },
            "words": {"type": "integer", "minimum": 0},
            "uniqueWords": {
              "description": "Without regard to case", "type": "integer", "minimum": 0
            },
            "sentences": {"type": "integer", "minimum": 0},
            "lines": {"type": "integer", "minimum": 0},
            "topWords": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["word", "count"],
                "properties": {
                  "word": {"type": "string"},
                  "count": {"type": "integer", "minimum": 1}
                }
              }
            }
          }
        }
        """)
public final class TextStatsPlugin implements JobPlugin {

  private static final int TOP_WORDS = 10;

  /**
   * Letters and digits, with apostrophes and dashes inside: "don't" and "twenty-one" are one. One
   * class and a look behind, rather than a group that repeats: that goes deeper into itself with
   * each part of a word.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}]|['\\u2019-](?=[\\p{L}\\p{M}\\p{N}]))*+");

  @Override
  public PluginResult run(PluginContext context) {
    Tally tally = new Tally();
    collect(context.data(), context, tally);
    context.metrics().processed(tally.texts);
    context.metrics().set("words", tally.words);
    return new PluginResult(tally.toJson(context.options().path("top").asInt(TOP_WORDS)));
  }

  private static void collect(JsonNode node, PluginContext context, Tally tally) {
    context.checkCancelled();
    if (node.isString()) {
      tally.add(node.asString());
    } else {
      node.forEach(child -> collect(child, context, tally));
    }
  }

  private static final class Tally {
    private final Map<String, Integer> counts = new HashMap<>();
    private long texts;
    private long characters;
    private long words;
    private long sentences;
    private long lines;

    void add(String text) {
      texts++;
      characters += text.codePointCount(0, text.length());
      lines += text.lines().count();
      sentences += countSentences(text);
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        words++;
        counts.merge(matcher.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
      }
    }

    ObjectNode toJson(int top) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("texts", texts);
      json.put("characters", characters);
      json.put("words", words);
      json.put("uniqueWords", counts.size());
      json.put("sentences", sentences);
      json.put("lines", lines);
      ArrayNode topWords = json.putArray("topWords");
      counts.entrySet().stream()
          .sorted(
              Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(top)
          .forEach(
              entry ->
                  topWords.addObject().put("word", entry.getKey()).put("count", entry.getValue()));
      return json;
    }

    private static long countSentences(String text) {
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
      sentences.setText(text);
      long count = 0;
      int start = sentences.first();
      for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
        if (WORD.matcher(text).region(start, end).find()) {
          count++;
        }
        start = end;
      }
      return count;
    }
  }
}
