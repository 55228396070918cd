package dev.anton.dispatcher.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a receiver does when a request has arrived. */
@FunctionalInterface
public interface Answer {

  /**
   * Answers on the socket.
   *
   * @return whether the connection stays open for the next request
   */
  boolean give(Socket socket) throws IOException, InterruptedException;

  static Answer ok() {
    return status(200, "", "ok");
  }

  static Answer status(int status) {
    return status(status, "", "");
  }

  /**
   * An answer with more headers.
   *
   * @param headers each ended by CRLF
   */
  static Answer status(int status, String headers, String body) {
    String answer =
        "HTTP/1.1 %d Some\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(status, headers, body.getBytes(UTF_8).length, body);
    byte[] bytes = answer.getBytes(UTF_8);
    return socket -> {
      socket.getOutputStream().write(bytes);
      return true;
    };
  }

  /** Never answers. */
  static Answer hang() {
    return socket -> {
      new CountDownLatch(1).await();
      return false;
    };
  }

  /** Answers when the latch is open. */
  static Answer after(CountDownLatch latch, Answer then) {
    return socket -> {
      latch.await();
      return then.give(socket);
    };
  }

  /** Breaks the connection off. */
  static Answer reset() {
    return socket -> {
      socket.setSoLinger(true, 0);
      socket.close();
      return false;
    };
  }

  /** Starts an answer and then sends a byte of it at a time, for ever. */
  static Answer drip(Duration pause) {
    return socket -> {
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(ISO_8859_1));
      while (true) {
        socket.getOutputStream().write('.');
        socket.getOutputStream().flush();
        if (new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    };
  }

  /** A successful answer of so many bytes. */
  static Answer large(int bytes) {
    return socket -> {
      socket
          .getOutputStream()
          .write(("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n").getBytes(ISO_8859_1));
      byte[] block = new byte[16 * 1024];
      Arrays.fill(block, (byte) 'x');
      for (int sent = 0; sent < bytes; sent += block.length) {
        socket.getOutputStream().write(block, 0, Math.min(block.length, bytes - sent));
      }
      return true;
    };
  }

  /** Something that is no HTTP. */
  static Answer raw(String bytes) {
    return socket -> {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return false;
    };
  }
}
