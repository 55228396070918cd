package dev.anton.dispatcher.filter;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** An array of the event's data; each look at an element costs. */
final class DataList extends AbstractList<Object> implements RandomAccess {

  private final List<Object> elements;
  private final Cost cost;

  DataList(List<Object> elements, Cost cost) {
    this.elements = elements;
    this.cost = cost;
  }

  @Override
  public Object get(int index) {
    return cost.seen(elements.get(index));
  }

  @Override
  public int size() {
    return elements.size();
  }
}
