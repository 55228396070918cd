package dev.anton.executor.condition;

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
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.Set;

/**
 * CEL as conditions may use it: comparisons, arithmetic, {@code has()}. Loops, patterns and what
 * builds new texts and lists are left out.
 */
final class ConditionLanguage {

  static final String INPUTS = "inputs";
  static final String NODES = "nodes";

  /** As long as a condition may be, in characters. */
  static final int MAX_LENGTH = 1_000;

  private static final int MAX_DEPTH = 50;

  /** The search may look at each character of the part at each of the text: some 10 ms. */
  private static final long MAX_LOOKS = 10_000_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseErrorRecoveryLimit(1)
          .comprehensionMaxIterations(0)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardDeclarations(declarations())
          .setStandardMacros(CelStandardMacro.HAS)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  "contains",
                  CelOverloadDecl.newMemberOverload(
                      "text_contains", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)))
          .addVar(INPUTS, SimpleType.DYN)
          .addVar(NODES, SimpleType.DYN)
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardFunctions(functions())
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "text_contains", String.class, String.class, ConditionLanguage::contains))
          .build();

  private ConditionLanguage() {}

  /**
   * @throws InvalidConditionException with the place and what would be accepted
   */
  static Condition compile(String text) throws InvalidConditionException {
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
      return new Condition(text, RUNTIME.createProgram(tree), NamedNodes.of(tree));
    } catch (CelValidationException e) {
      CelIssue issue = e.getErrors().getFirst();
      throw new InvalidConditionException(
          at(issue.getSourceLocation()) + issue.getMessage().replace(" (in container '')", ""));
    } catch (CelEvaluationException e) {
      throw new InvalidConditionException(String.valueOf(e.getMessage()));
    }
  }

  static String at(CelSourceLocation place) {
    return place.getLine() < 1
        ? ""
        : "line " + place.getLine() + ", column " + (place.getColumn() + 1) + ": ";
  }

  private static boolean contains(String text, String part) {
    if ((long) text.length() * part.length() > MAX_LOOKS) {
      throw new IllegalArgumentException("contains() takes too long on texts of this size");
    }
    return text.contains(part);
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
