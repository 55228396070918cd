package dev.anton.dispatcher.ordering;

import java.util.List;

/**
 * Walks along all lines, some at a time, and looks for those whose turn it is although nobody said
 * so: their replica died between the commit and the word of it, or the word found no room. On the
 * way it counts the lines that are held up.
 */
final class LineWalk {

  private static final Line START = new Line("", Long.MIN_VALUE);

  private final OrderedRows rows;
  private final Turns turns;
  private final OrderingSettings settings;
  private Line last = START;
  private long held;
  private long nextAt = System.nanoTime();
  private volatile long heldInAll;

  LineWalk(OrderedRows rows, Turns turns, OrderingSettings settings) {
    this.rows = rows;
    this.turns = turns;
    this.settings = settings;
  }

  /** Lines whose first waits for another attempt, as of the last walk along all of them. */
  long heldUp() {
    return heldInAll;
  }

  /** Takes the next steps if it is time to. */
  void step() {
    turns.takeMissed().ifPresent(this::lookAt);
    if (System.nanoTime() - nextAt < 0) {
      return;
    }
    List<OrderedRows.First> firsts = rows.firsts(last, settings.walk());
    remind(firsts);
    held += firsts.stream().filter(OrderedRows.First::holdsUp).count();
    if (firsts.size() < settings.walk()) {
      last = START;
      heldInAll = held;
      held = 0;
    } else {
      last = firsts.getLast().line();
    }
    nextAt = System.nanoTime() + settings.walkInterval().toNanos();
  }

  private void lookAt(String subscription) {
    remind(rows.firsts(new Line(subscription, Long.MIN_VALUE), settings.walk()));
  }

  private void remind(List<OrderedRows.First> firsts) {
    firsts.stream()
        .filter(OrderedRows.First::isItsTurn)
        .map(OrderedRows.First::line)
        .forEach(turns::add);
  }
}
