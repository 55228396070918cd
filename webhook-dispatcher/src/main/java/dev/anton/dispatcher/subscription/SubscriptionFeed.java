package dev.anton.dispatcher.subscription;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The stored subscriptions, read page by page. Both reads give a watermark from which the next one
 * goes on; what was committed meanwhile may come twice, and is never left out.
 */
@Component
public class SubscriptionFeed {

  /** Rows in memory at a time while reading; a page is a few megabytes. */
  private static final int PAGE = 2_000;

  private final SubscriptionRepository rows;
  private final SubscriptionCodec codec;

  SubscriptionFeed(SubscriptionRepository rows, SubscriptionCodec codec) {
    this.rows = rows;
    this.codec = codec;
  }

  /** Everything that lives. */
  public String readAll(Consumer<SubscriptionChange> reader) {
    // The watermark is taken first: the rows are at least as new.
    String watermark = rows.oldestRunning();
    read(after -> rows.pageOfAll(after, PAGE), reader);
    return watermark;
  }

  /** Everything that changed, deletions included. */
  public String readChanges(String since, Consumer<SubscriptionChange> reader) {
    String watermark = rows.oldestRunning();
    read(after -> rows.pageOfChanges(since, after, PAGE), reader);
    return watermark;
  }

  private void read(Pages pages, Consumer<SubscriptionChange> reader) {
    String after = "";
    List<SubscriptionRow> page;
    do {
      page = pages.after(after);
      for (SubscriptionRow row : page) {
        reader.accept(codec.change(row));
        after = row.id();
      }
    } while (page.size() == PAGE);
  }

  @FunctionalInterface
  private interface Pages {

    List<SubscriptionRow> after(String id);
  }
}
