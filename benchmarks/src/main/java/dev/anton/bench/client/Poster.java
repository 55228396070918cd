package dev.anton.bench.client;

/** Posts the same body over and over; {@code done} is called once for each post. */
interface Poster extends AutoCloseable {

  void post(String url, byte[] body, Runnable done);

  @Override
  void close();

  static Poster of(ClientMode mode, int inFlight) {
    return switch (mode) {
      case ASYNC -> new AsyncPoster(inFlight);
      case CLASSIC -> new ClassicPoster(inFlight);
      case JDK -> new JdkPoster();
    };
  }
}
