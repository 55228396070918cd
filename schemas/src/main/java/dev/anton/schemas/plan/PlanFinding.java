package dev.anton.schemas.plan;

/**
 * Something about a plan's graph that is wrong or superfluous.
 *
 * @param kind what it is
 * @param pointer JSON pointer (RFC 6901) into the plan, such as {@code /nodes/2/dependencies/0}
 * @param detail a sentence that names the nodes
 */
public record PlanFinding(Kind kind, String pointer, String detail) {

  /** The kinds of findings, each with a stable code. */
  public enum Kind {
    EMPTY_PLAN("empty-plan", true),
    INVALID_NODE_ID("invalid-node-id", true),
    DUPLICATE_NODE("duplicate-node", true),
    DANGLING_DEPENDENCY("dangling-dependency", true),
    CYCLE("cycle", true),
    /** The node is on no reported cycle itself but waits for one. */
    UNREACHABLE_NODE("unreachable-node", true),
    DUPLICATE_DEPENDENCY("duplicate-dependency", false),
    /** The dependency follows from others; to leave it out changes no order. */
    TRANSITIVE_DEPENDENCY("transitive-dependency", false);

    private final String code;
    private final boolean blocking;

    Kind(String code, boolean blocking) {
      this.code = code;
      this.blocking = blocking;
    }

    public String code() {
      return code;
    }

    /** Whether a plan with it cannot be run. */
    public boolean isBlocking() {
      return blocking;
    }
  }
}
