package dev.anton.dispatcher.filter;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.anton.dispatcher.pattern.LinearPattern;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.Set;

/**
 * CEL as filters may use it: conditions, comparisons, arithmetic, loops over what is there. What
 * builds new texts and lists is left out, so that an evaluation takes no more memory than its
 * event, and what depends on the sizes of two values counts its cost.
 */
final class FilterLanguage {

  static final String DATA = "data";
  static final String TYPE = "type";

  /** As long as a filter may be, in characters. */
  static final int MAX_LENGTH = 2_000;

  private static final int MAX_DEPTH = 50;

  /** Steps of all loops of one evaluation together. */
  private static final int MAX_STEPS = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseErrorRecoveryLimit(1)
          .comprehensionMaxIterations(MAX_STEPS)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardDeclarations(declarations())
          .setStandardMacros(
              CelStandardMacro.HAS,
              CelStandardMacro.ALL,
              CelStandardMacro.EXISTS,
              CelStandardMacro.EXISTS_ONE)
          .addFunctionDeclarations(
              textFunction("contains", "text_contains"), textFunction("matches", "text_matches"))
          .addVar(DATA, SimpleType.DYN)
          .addVar(TYPE, SimpleType.STRING)
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardFunctions(functions())
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "text_contains", String.class, String.class, FilterLanguage::contains),
              CelFunctionBinding.from(
                  "text_matches", String.class, String.class, FilterLanguage::matches))
          .build();

  /** Patterns of filters that are in use; each was compiled once already, so it is a valid one. */
  private static final LoadingCache<String, LinearPattern> PATTERNS =
      Caffeine.newBuilder().maximumSize(10_000).build(LinearPattern::compile);

  private FilterLanguage() {}

  /**
   * Compiles an expression.
   *
   * @throws InvalidFilterException with the place and what would be accepted
   */
  static Program compile(String text) throws InvalidFilterException {
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
      FilterCheck.check(tree);
      return RUNTIME.createProgram(tree);
    } catch (CelValidationException e) {
      throw new InvalidFilterException(told(e.getErrors().getFirst()));
    } catch (CelEvaluationException e) {
      throw new InvalidFilterException(String.valueOf(e.getMessage()));
    }
  }

  private static String told(CelIssue issue) {
    return at(issue.getSourceLocation()) + issue.getMessage().replace(" (in container '')", "");
  }

  static String at(CelSourceLocation place) {
    return place.getLine() < 1
        ? ""
        : "line " + place.getLine() + ", column " + (place.getColumn() + 1) + ": ";
  }

  private static boolean contains(String text, String part) {
    // The search may look at each character of the part at each of the text.
    long looks = Cost.ofText(text) * Cost.ofText(part);
    Cost.CURRENT.get().spend(looks);
    return text.contains(part);
  }

  private static boolean matches(String text, String regex) {
    LinearPattern pattern = PATTERNS.get(regex);
    Cost.CURRENT.get().spend(1 + pattern.cost(text) / 4);
    return pattern.isFoundIn(text);
  }

  private static CelFunctionDecl textFunction(String name, String overload) {
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newMemberOverload(
            overload, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING));
  }

  private static CelStandardDeclarations declarations() {
    Set<CelStandardDeclarations.StandardFunction> left =
        Set.of(
            CelStandardDeclarations.StandardFunction.CONTAINS,
            CelStandardDeclarations.StandardFunction.MATCHES,
            CelStandardDeclarations.StandardFunction.BYTES,
            CelStandardDeclarations.StandardFunction.DYN,
            CelStandardDeclarations.StandardFunction.TYPE);
    Set<Arithmetic> growing =
        Set.of(Arithmetic.ADD_STRING, Arithmetic.ADD_BYTES, Arithmetic.ADD_LIST);
    return CelStandardDeclarations.newBuilder()
        .filterFunctions(
            (function, overload) -> !left.contains(function) && !growing.contains(overload))
        .build();
  }

  private static CelStandardFunctions functions() {
    Set<CelStandardFunctions.StandardFunction> left =
        Set.of(
            CelStandardFunctions.StandardFunction.CONTAINS,
            CelStandardFunctions.StandardFunction.MATCHES);
    Set<AddOverload> growing =
        Set.of(AddOverload.ADD_STRING, AddOverload.ADD_BYTES, AddOverload.ADD_LIST);
    return CelStandardFunctions.newBuilder()
        .filterFunctions(
            (function, overload) -> !left.contains(function) && !growing.contains(overload))
        .build();
  }
}
