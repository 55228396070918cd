package dev.anton.dispatcher.http;

import dev.anton.egress.AddressRefusedException;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Vetted addresses by host. Names are looked up here, off the client's event loops and a bounded
 * number at a time; the client's own resolver only reads what is here, so that what was vetted is
 * what is connected to.
 */
final class AddressBook implements DnsResolver, AutoCloseable {

  /** The system's resolver caches as long; a name that moved is followed within a minute. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** How long addresses that were once vetted outlive a failing resolver. */
  private static final Duration STALE = Duration.ofMinutes(5);

  /** Lookups at a time: a resolver that hangs takes 5 to 10 s each. */
  private static final int LOOKUPS = 16;

  private static final int WAITING_LOOKUPS = 1024;
  private static final int MAX_HOSTS = 20_000;

  private final VettedResolver resolver;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, CompletableFuture<Void>> lookups =
      new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  AddressBook(VettedResolver resolver) {
    this.resolver = resolver;
    this.threads =
        new ThreadPoolExecutor(
            LOOKUPS,
            LOOKUPS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_LOOKUPS),
            Thread.ofPlatform().name("dispatcher-resolve-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  private record Entry(List<InetAddress> addresses, long at) {

    boolean isYounger(Duration age) {
      return System.nanoTime() - at < age.toNanos();
    }
  }

  /**
   * Sees to it that the host's addresses are here.
   *
   * @return null if they are; otherwise what completes when they are, or fails with the reason
   */
  @Nullable CompletableFuture<Void> prepare(String host) {
    Entry entry = entries.get(host);
    if (entry != null && entry.isYounger(FRESH)) {
      return null;
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running = lookups.putIfAbsent(host, mine);
    if (running != null) {
      return running;
    }
    try {
      threads.execute(() -> lookUp(host, mine));
    } catch (RejectedExecutionException e) {
      lookups.remove(host, mine);
      mine.completeExceptionally(new UnknownHostException("Too many names wait to be resolved"));
    }
    return mine;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Entry entry = entries.get(host);
    if (entry == null) {
      throw new UnknownHostException(host);
    }
    return entry.addresses().toArray(InetAddress[]::new);
  }

  /**
   * Puts a host's first address last, until the name is looked up again. Only if that is the one
   * that failed: of many attempts that fail at a time, the first has done it for all.
   */
  void rotate(String host, InetAddress failed) {
    entries.computeIfPresent(
        host,
        (_, entry) -> {
          if (!entry.addresses().getFirst().equals(failed)) {
            return entry;
          }
          List<InetAddress> addresses = new ArrayList<>(entry.addresses());
          Collections.rotate(addresses, -1);
          return new Entry(List.copyOf(addresses), entry.at());
        });
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** What a failed future of {@link #prepare} failed with. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    // Those that have not begun never will, and those that have may take their time.
    for (CompletableFuture<Void> lookup : lookups.values()) {
      lookup.completeExceptionally(new UnknownHostException("No more names are resolved"));
    }
  }

  private void lookUp(String host, CompletableFuture<Void> done) {
    Throwable failure = null;
    try {
      List<InetAddress> addresses = resolver.resolve(host);
      makeRoom();
      entries.put(host, new Entry(addresses, System.nanoTime()));
    } catch (AddressRefusedException e) {
      entries.remove(host);
      failure = e;
    } catch (IOException | RuntimeException e) {
      Entry known = entries.get(host);
      if (known == null || !known.isYounger(STALE)) {
        entries.remove(host);
        failure = e;
      }
    }
    lookups.remove(host, done);
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  private void makeRoom() {
    if (entries.size() >= MAX_HOSTS) {
      entries.values().removeIf(entry -> !entry.isYounger(FRESH));
    }
    if (entries.size() >= MAX_HOSTS) {
      entries.clear();
    }
  }
}
