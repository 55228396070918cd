package dev.anton.executor.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelIdent;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a condition names. It has to name each one as it is, so that their place in the
 * graph can be checked and nothing else has to be read.
 */
final class NamedNodes extends CelExprVisitor {

  private final CelAbstractSyntaxTree tree;
  private final Set<String> found = new HashSet<>();
  private @Nullable String flaw;

  private NamedNodes(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static Set<String> of(CelAbstractSyntaxTree tree) throws InvalidConditionException {
    NamedNodes names = new NamedNodes(tree);
    names.visit(tree);
    if (names.flaw != null) {
      throw new InvalidConditionException(names.flaw);
    }
    return names.found;
  }

  @Override
  protected void visit(CelExpr expr, CelSelect select) {
    if (isNodes(select.operand())) {
      found.add(select.field());
    } else {
      super.visit(expr, select);
    }
  }

  @Override
  protected void visit(CelExpr expr, CelCall call) {
    if (call.function().equals("_[_]")
        && isNodes(call.args().getFirst())
        && call.args().getLast().exprKind().getKind() == Kind.CONSTANT
        && call.args().getLast().constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      found.add(call.args().getLast().constant().stringValue());
    } else {
      super.visit(expr, call);
    }
  }

  @Override
  protected void visit(CelExpr expr, CelIdent ident) {
    if (ident.name().equals(ConditionLanguage.NODES) && flaw == null) {
      CelSourceLocation place =
          tree.getSource()
              .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0))
              .orElse(CelSourceLocation.NONE);
      flaw =
          ConditionLanguage.at(place)
              + "A condition names each node that it looks at: nodes.build or nodes[\"build\"]";
    }
  }

  private static boolean isNodes(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.IDENT
        && expr.ident().name().equals(ConditionLanguage.NODES);
  }
}
