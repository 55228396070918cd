package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregatePluginTest extends JobPluginContract {

  private static final String SALES =
      """
      {"data": [
        {"city": "Bern", "price": "1.10"}, {"city": "Ulm", "price": 3}, {"city": "Bern", "price": 2.20},
        {"city": "Bern", "price": "n/a"}, {"price": 7}
       ],
       "options": {"aggregate": {
         "groupBy": ["city"],
         "compute": {
           "sales": {"op": "count"},
           "total": {"op": "sum", "field": "price"},
           "mean": {"op": "avg", "field": "price"},
           "least": {"op": "min", "field": "price"},
           "most": {"op": "max", "field": "price"},
           "prices": {"op": "distinct", "field": "price"}
         }}}}
      """;

  @Override
  protected JobPlugin plugin() {
    return new AggregatePlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(SALES, "{\"data\": [1, 2]}", "{\"data\": []}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"data\": {}}",
        "{\"data\": [], \"options\": {\"aggregate\": {\"compute\": {\"x\": {\"op\": \"sum\"}}}}}",
        "{\"data\": [], \"options\": {\"aggregate\": {\"compute\": {\"x\": {\"op\": \"mode\"}}}}}");
  }

  @Test
  void computesForEachGroupInTheOrderOfItsFirstItem() throws Exception {
    PluginRun run = PluginRun.of(plugin(), SALES);

    assertThat(run.run().output().toString())
        .isEqualTo(
            """
            [{"key":{"city":"Bern"},"values":{"sales":3,"total":3.3,"mean":1.65,"least":1.1,\
            "most":2.2,"prices":3}},\
            {"key":{"city":"Ulm"},"values":{"sales":1,"total":3,"mean":3,"least":3,"most":3,\
            "prices":1}},\
            {"key":{"city":null},"values":{"sales":1,"total":7,"mean":7,"least":7,"most":7,\
            "prices":1}}]\
            """);
    assertThat(run.metrics().processedItems()).isEqualTo(5);
    assertThat(run.metrics().own().toString()).isEqualTo("{groups=3}");
  }

  @Test
  void withoutOptionsItCounts() throws Exception {
    assertThat(PluginRun.of(plugin(), "{\"data\": [1, \"a\"]}").run().output().toString())
        .isEqualTo("[{\"key\":{},\"values\":{\"count\":2}}]");
  }

  @Test
  void theAverageOfNothingIsNull() throws Exception {
    assertThat(
            PluginRun.of(
                    plugin(),
                    """
                    {"data": ["x"], "options": {"aggregate": {"compute":
                      {"mean": {"op": "avg", "field": "."}}}}}
                    """)
                .run()
                .output()
                .toString())
        .isEqualTo("[{\"key\":{},\"values\":{\"mean\":null}}]");
  }
}
