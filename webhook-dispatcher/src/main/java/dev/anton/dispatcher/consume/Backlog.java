package dev.anton.dispatcher.consume;

import dev.anton.dispatcher.journal.JournaledDeliveries;
import dev.anton.dispatcher.offset.InFlight;
import dev.anton.dispatcher.offset.OffsetTracker;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read and waits for room, a poll's worth at most. Records that may have been handled
 * before are looked up in the journal first; while it cannot be read, they wait.
 */
final class Backlog {

  /**
   * Records of one poll; at 256 KiB an event that is 128 MiB at the very worst, 500 KiB usually.
   */
  static final int MAX_POLL = 500;

  private static final Logger log = LoggerFactory.getLogger(Backlog.class);

  private final EventCheck check;
  private final Outlet outlet;
  private final JournaledDeliveries journaled;
  private final Assignment assignment;
  private final Room room;
  private final Deque<ReadRecord> records = new ArrayDeque<>();
  private Map<String, Set<String>> known = Map.of();
  private boolean looked;
  private long lookAgainAt = System.nanoTime();

  Backlog(
      EventCheck check,
      Outlet outlet,
      JournaledDeliveries journaled,
      Assignment assignment,
      Room room) {
    this.check = check;
    this.outlet = outlet;
    this.journaled = journaled;
    this.assignment = assignment;
    this.room = room;
  }

  /** Where records go that are handed out. */
  @FunctionalInterface
  interface Outlet {

    /**
     * Takes a record.
     *
     * @param journaled subscriptions that the journal knows to have been served
     * @return false if it cannot be told now where the record goes: it is to be offered again
     */
    boolean accept(ReadRecord read, OffsetTracker tracker, Set<String> journaled);
  }

  /**
   * How much may be in flight.
   *
   * @param unsent requests that wait for an event loop
   */
  record Room(InFlight inFlight, IntSupplier unsent, ConsumeSettings settings) {

    boolean isLeft() {
      return unsent.getAsInt() < settings.maxUnsent()
          && inFlight.parts() < settings.maxInFlight()
          && inFlight.bytes() < settings.maxBytes().toBytes();
    }
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    records.addLast(ReadRecord.of(record, check));
    looked = false;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  boolean hasRoom() {
    return room.isLeft() && assignment.longestSpan() < room.settings().maxSpan();
  }

  /** Drops what belongs to partitions that are gone. */
  void forget(Collection<TopicPartition> partitions) {
    records.removeIf(read -> partitions.contains(read.partition()));
  }

  /** Hands out what there is room for, while the partitions are certain to be ours. */
  void handOut(Membership membership) {
    if (records.isEmpty() || !membership.isCertain() || !hasRoom() || !lookUp()) {
      return;
    }
    // Asked for each record: a stall may come between two.
    while (!records.isEmpty() && room.isLeft() && membership.isCertain()) {
      ReadRecord read = records.getFirst();
      OffsetTracker tracker = assignment.tracker(read.partition());
      if (tracker != null && !outlet.accept(read, tracker, alreadyServed(read))) {
        return;
      }
      records.removeFirst();
    }
  }

  private Set<String> alreadyServed(ReadRecord read) {
    return read instanceof ReadRecord.Event event
        ? known.getOrDefault(event.inbound().event().id(), Set.of())
        : Set.of();
  }

  /** Whether it is known what the journal has of these records. */
  private boolean lookUp() {
    if (looked) {
      return true;
    }
    if (System.nanoTime() - lookAgainAt < 0) {
      return false;
    }
    List<ReadRecord.Event> doubtful =
        records.stream()
            .filter(read -> assignment.mayBeJournaled(read.partition(), read.offset()))
            .filter(ReadRecord.Event.class::isInstance)
            .map(ReadRecord.Event.class::cast)
            .toList();
    try {
      known = journaled.find(doubtful.stream().map(ReadRecord.Event::inbound).toList());
      looked = true;
    } catch (SQLException e) {
      log.warn("The journal cannot be read; intake waits: {}", e.getMessage());
      lookAgainAt = System.nanoTime() + 500_000_000L;
    }
    return looked;
  }
}
