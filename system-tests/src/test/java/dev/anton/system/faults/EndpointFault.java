package dev.anton.system.faults;

import dev.anton.system.faults.Endpoint.Behaviour;
import dev.anton.system.faults.Endpoint.Exchange;
import java.io.IOException;

/** How an endpoint may misbehave, each way as a peer's bug reports have it. */
enum EndpointFault implements Behaviour {

  /** Reads the request and never answers. */
  HANGS {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.awaitClosed();
      return false;
    }
  },

  /** Answers with a TCP reset. */
  RESETS {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.socket().setSoLinger(true, 0);
      return false;
    }
  },

  /** Begins a good answer and goes on with a byte a second. */
  DRIPS {
    @Override
    public boolean answer(Exchange exchange) throws IOException, InterruptedException {
      exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 3600\r\n\r\n");
      for (int sent = 0; sent < 3600; sent++) {
        Thread.sleep(1000);
        exchange.write(".");
      }
      return true;
    }
  },

  ANSWERS_500 {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.write("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\nsigh");
      return true;
    }
  },

  ANSWERS_429 {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.write(
          "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n");
      return true;
    }
  },

  /** Points to another place on itself, which nobody may ask. */
  ANSWERS_301 {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.write(
          "HTTP/1.1 301 Moved Permanently\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
      return true;
    }
  },

  /** Takes the event and has 10 MiB to say about it. */
  ANSWERS_10_MIB {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.accepted().run();
      exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n");
      byte[] some = new byte[65_536];
      for (int i = 0; i < 160; i++) {
        exchange.write(some);
      }
      return true;
    }
  },

  /** Begins a good answer and goes on with what is no chunk. */
  ANSWERS_INVALID_CHUNKS {
    @Override
    public boolean answer(Exchange exchange) throws IOException {
      exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n");
      return false;
    }
  },

  /** Seems to keep its connections, and closes each when it is used again. */
  CLOSES_ON_REUSE {
    @Override
    public boolean answer(Exchange exchange) throws IOException, InterruptedException {
      return exchange.nthOfConnection() == 1 && ACCEPTS.answer(exchange);
    }
  }
}
