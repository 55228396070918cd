package dev.anton.bench.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers every POST with 204 on one thread. It shares two cores with all that is measured, so that
 * it reads no more of a request than its length, its path and the time in its body; a general HTTP
 * server would take several times as much of the machine.
 */
public final class Sink implements AutoCloseable {

  private final Selector selector;
  private final ServerSocketChannel server;
  private final Arrivals arrivals;
  private final Thread thread;
  private volatile boolean stopping;

  /** Listens on a free port of the loopback address. */
  public Sink(Arrivals arrivals) {
    this.arrivals = arrivals;
    try {
      selector = Selector.open();
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("sink").start(this::run);
  }

  /** Where endpoint {@code number} listens. */
  public String url(int number) {
    return "http://127.0.0.1:%d/e/%d".formatted(port(), number);
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    server.close();
    selector.close();
  }

  private void run() {
    while (!stopping) {
      try {
        selector.select(this::handle);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.isReadable()) {
        serve(key);
      }
    } catch (IOException e) {
      key.cancel(); // the peer broke the connection: what it sent before is counted
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Requests(arrivals));
    }
  }

  private static void serve(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    Requests requests = (Requests) key.attachment();
    if (channel.read(requests.buffer()) < 0) {
      key.cancel();
      channel.close();
      return;
    }
    for (int answers = requests.take(); answers > 0; answers--) {
      ByteBuffer answer = Requests.answer();
      while (answer.hasRemaining()) {
        channel.write(answer); // some bytes into an empty socket buffer
      }
    }
  }
}
