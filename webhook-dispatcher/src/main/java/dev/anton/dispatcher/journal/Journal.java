package dev.anton.dispatcher.journal;

/** Where deliveries leave what must be durable. */
public interface Journal {

  /**
   * Takes an entry in and returns at once. Entries of one delivery become durable in the order in
   * which they were appended. How many wait is bounded by what may be in flight; while the database
   * is away they wait, and no receipt is given.
   */
  void append(JournalEntry entry);
}
