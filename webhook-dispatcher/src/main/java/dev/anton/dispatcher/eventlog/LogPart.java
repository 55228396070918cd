package dev.anton.dispatcher.eventlog;

import java.util.List;

/**
 * What reading on in the log came to.
 *
 * @param rest what is left to read; empty at the end
 * @param read records that were looked at
 * @param lost records that retention took before they were read
 * @param held whether all that is left waits for the dispatcher to take it in
 */
public record LogPart(List<Stretch> rest, long read, long lost, boolean held) {

  public LogPart {
    rest = List.copyOf(rest);
  }
}
