package dev.anton.plugin.builtin;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.Plugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Parses CSV (RFC 4180). Every field stays a text: what looks like a number may be a code. */
@Plugin(
    name = "csv-parse",
    description =
        "Parses a CSV text (RFC 4180) into an array of objects by its header line, or of arrays if"
            + " it has none.",
    inputSchema =
        """
        {"description": "A CSV text", "type": "string"}
        """,
    optionsSchema =
        """
        {
          "type": "object",
          "properties": {
            "from": {"type": "string"},
            "header": {"description": "Whether the first line names the fields; true unless told",
              "type": "boolean"},
            "separator": {"description": "A comma unless told",
              "type": "string", "minLength": 1, "maxLength": 1, "pattern": "^[^\\\\r\\\\n\\"]$"}
          },
          "additionalProperties": false
        }
        """,
    outputSchema =
        """
        {
          "type": "array",
          "items": {
            "type": ["object", "array"],
            "items": {"type": "string"},
            "additionalProperties": {"type": "string"}
          }
        }
        """)
public final class CsvParsePlugin implements JobPlugin {

  @Override
  public PluginResult run(PluginContext context) {
    JsonNode options = context.options();
    boolean hasHeader = options.path("header").asBoolean(true);
    CsvReader.CsvReaderBuilder reader =
        CsvReader.builder()
            .fieldSeparator(options.path("separator").asString(","))
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(true);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    context.checkCancelled();
    try {
      List<String> header = null;
      for (CsvRecord record : reader.ofCsvRecord(withoutBom(context.data().asString("")))) {
        context.checkCancelled();
        if (hasHeader && header == null) {
          header = checked(record.getFields());
        } else {
          rows.add(row(header, record));
          context.metrics().processed(1);
        }
      }
      context.metrics().set("fields", header == null ? 0 : header.size());
    } catch (CsvParseException e) {
      throw PluginException.permanent("The data is no CSV: " + e.getMessage(), e);
    }
    return new PluginResult(rows);
  }

  private static JsonNode row(@Nullable List<String> header, CsvRecord record) {
    if (header == null) {
      ArrayNode row = JsonNodeFactory.instance.arrayNode();
      record.getFields().forEach(row::add);
      return row;
    }
    if (record.getFieldCount() > header.size()) {
      throw PluginException.permanent(
          "Line %d has %d fields, the header names %d"
              .formatted(record.getStartingLineNumber(), record.getFieldCount(), header.size()));
    }
    var row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < record.getFieldCount(); i++) {
      row.put(header.get(i), record.getField(i));
    }
    return row;
  }

  private static List<String> checked(List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw PluginException.permanent("The header names the field " + name + " twice");
      }
    }
    return header;
  }

  private static String withoutBom(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
