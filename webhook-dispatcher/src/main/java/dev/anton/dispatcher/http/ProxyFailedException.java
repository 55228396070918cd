package dev.anton.dispatcher.http;

import java.io.IOException;

/** The proxy did not lead to the endpoint; the message is for the subscription's owner. */
final class ProxyFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  ProxyFailedException(String sentence) {
    super(sentence);
  }
}
