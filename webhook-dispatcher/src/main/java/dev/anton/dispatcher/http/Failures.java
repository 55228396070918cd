package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.egress.AddressRefusedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.reactor.IOReactorShutdownException;

/** Turns what the client throws into an outcome with a sentence for the subscription's owner. */
final class Failures {

  private static final int MAX_MESSAGE = 200;

  private Failures() {}

  static Outcome outcome(Throwable cause) {
    return cause instanceof AddressRefusedException
        ? new Outcome.AddressRefused(String.valueOf(cause.getMessage()))
        : new Outcome.ConnectionFailed(sentence(cause));
  }

  private static String sentence(Throwable cause) {
    return switch (cause) {
      case ProxyFailedException e -> String.valueOf(e.getMessage());
      case UnknownHostException e -> "The endpoint's name could not be resolved";
      case ConnectTimeoutException e -> "The endpoint did not accept a connection in time";
      case SSLException e -> "TLS failed: " + message(e);
      case NoRouteToHostException e -> "There is no route to the endpoint";
      case ConnectException e -> "The endpoint refused the connection";
      case ConnectionClosedException e -> "The endpoint closed the connection without an answer";
      case ConnectionRequestTimeoutException e -> "No connection to the endpoint was free in time";
      case MalformedChunkCodingException e -> "The answer was not valid HTTP";
      case HttpException e when e.getCause() instanceof UnknownHostException ->
          "The endpoint's name could not be resolved";
      case HttpException e -> "The answer was not valid HTTP";
      case SocketTimeoutException e -> "The connection was silent for too long";
      case SocketException e -> "The connection broke: " + message(e);
      case IOReactorShutdownException e -> "The connections here were being replaced";
      default -> "The connection failed: " + message(cause);
    };
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }
}
