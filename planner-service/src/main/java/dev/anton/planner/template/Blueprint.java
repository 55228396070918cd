package dev.anton.planner.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.anton.schemas.json.WireJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The steps of a template, as its {@code plan.yaml} tells them.
 *
 * @param core id of the step with which the software can be used; documents come after it
 * @param check the command that finds out whether it builds when there are no tests
 * @param test the command that runs the tests
 * @param testTimeout how long they may take, such as {@code 120s}
 */
record Blueprint(
    @Nullable String core,
    List<String> check,
    List<String> test,
    @Nullable String testTimeout,
    List<Step> steps) {

  Blueprint {
    check = orEmpty(check);
    test = orEmpty(test);
    steps = orEmpty(steps);
  }

  /**
   * A step, which becomes a node, or one for each entity. All texts are Mustache.
   *
   * @param each {@code entity}, or null for one node
   * @param condition a feature that must be wanted, with an exclamation mark one that must not be,
   *     or {@code relations}; null: always
   * @param after ids; {@code code-*} stands for all that begin so, {@code type:test} for all of a
   *     type, {@code *} for all before. What a condition left out is passed over
   * @param files template by path
   * @param run a command instead of files
   * @param commit a message instead of files
   */
  record Step(
      String id,
      String type,
      String label,
      String instructions,
      @Nullable String each,
      @JsonProperty("when") @Nullable String condition,
      List<String> after,
      List<String> acceptance,
      Map<String, String> files,
      List<String> run,
      @Nullable String commit,
      @Nullable String within) {

    Step {
      after = orEmpty(after);
      acceptance = orEmpty(acceptance);
      files = files == null ? Map.of() : files;
      run = orEmpty(run);
    }
  }

  static Blueprint parse(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return WireJson.mapper().convertValue(tree, Blueprint.class);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
