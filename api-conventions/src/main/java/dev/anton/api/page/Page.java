package dev.anton.api.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page starts, null on the last
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

  public Page {
    data = List.copyOf(data);
  }

  /**
   * Makes a page of rows that were read with a limit one larger than the page's.
   *
   * @param rows at most {@code limit + 1}
   * @param sortKey what the rows are ordered by; it must be unique among them
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> sortKey) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> data = rows.subList(0, request.limit());
    return new Page<>(data, PageRequest.encode(sortKey.apply(data.getLast())));
  }

  /** The same page with each element turned into another form. */
  public <R> Page<R> map(Function<? super T, ? extends R> form) {
    return new Page<R>(data.stream().<R>map(form).toList(), nextCursor);
  }
}
