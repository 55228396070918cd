package dev.anton.dispatcher.filter;

import dev.anton.dispatcher.pattern.InvalidPatternException;
import dev.anton.dispatcher.pattern.LinearPattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelList;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelStruct;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a filter must not do although it is CEL. Within a loop, lists of anything but constants
 * would grow by a factor with each level ({@code [x, x]} of {@code [y, y]} ...), and so would
 * comparing them.
 */
final class FilterCheck extends CelExprVisitor {

  private final CelAbstractSyntaxTree tree;
  private int loops;
  private @Nullable String flaw;

  private FilterCheck(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static void check(CelAbstractSyntaxTree tree) throws InvalidFilterException {
    FilterCheck check = new FilterCheck(tree);
    check.visit(tree);
    if (check.flaw != null) {
      throw new InvalidFilterException(check.flaw);
    }
  }

  @Override
  protected void visit(CelExpr expr, CelCall call) {
    if (call.function().equals("matches")) {
      pattern(call.args().getLast());
    }
    super.visit(expr, call);
  }

  @Override
  protected void visit(CelExpr expr, CelList list) {
    if (loops > 0 && !list.elements().stream().allMatch(FilterCheck::isConstant)) {
      refuse(expr, "A list within all() or exists() holds constants only");
    }
    super.visit(expr, list);
  }

  @Override
  protected void visit(CelExpr expr, CelMap map) {
    refuse(expr, "A filter makes no maps");
  }

  @Override
  protected void visit(CelExpr expr, CelStruct struct) {
    refuse(expr, "A filter makes no messages");
  }

  @Override
  protected void visit(CelExpr expr, CelComprehension loop) {
    visit(loop.iterRange());
    loops++;
    visit(loop.loopCondition());
    visit(loop.loopStep());
    visit(loop.result());
    loops--;
  }

  private void pattern(CelExpr argument) {
    if (argument.exprKind().getKind() != Kind.CONSTANT
        || argument.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      refuse(argument, "The pattern of matches() is a text in quotes");
      return;
    }
    try {
      LinearPattern.compile(argument.constant().stringValue());
    } catch (InvalidPatternException e) {
      refuse(argument, Objects.requireNonNull(e.getMessage()));
    }
  }

  private static boolean isConstant(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case CONSTANT -> true;
      case LIST -> expr.list().elements().stream().allMatch(FilterCheck::isConstant);
      default -> false;
    };
  }

  /** The first flaw is told. */
  private void refuse(CelExpr expr, String what) {
    if (flaw == null) {
      CelSourceLocation place =
          tree.getSource().getOffsetLocation(offset(expr)).orElse(CelSourceLocation.NONE);
      flaw = FilterLanguage.at(place) + what;
    }
  }

  private int offset(CelExpr expr) {
    return tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
  }
}
