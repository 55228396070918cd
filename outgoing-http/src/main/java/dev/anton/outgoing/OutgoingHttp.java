package dev.anton.outgoing;

import dev.anton.egress.AddressRefusedException;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP calls on behalf of plans and jobs. Only vetted addresses are connected to, those of
 * redirects too; certificates and host names are verified; there are no cookies, no credentials of
 * this process, no retries. A call ends within its timeout, or when its thread is interrupted,
 * whatever the other side does.
 *
 * <p>Each call has a connection of its own: calls of strangers share none, and their number is
 * bounded by the nodes and jobs that run.
 */
public final class OutgoingHttp {

  private final DnsResolver resolver;

  /**
   * @param resolver decides which addresses may be reached
   */
  public OutgoingHttp(VettedResolver resolver) {
    this.resolver = new VettingDnsResolver(resolver);
  }

  /**
   * Sends a request and reads the answer, following redirects as far as the request allows.
   *
   * @throws AddressRefusedException if an address may not be reached, a redirect's included
   * @throws ResponseTooLargeException if the answer is too long
   * @throws InterruptedIOException if the time was up
   * @throws IOException if there was no answer
   * @throws InterruptedException if this thread was interrupted; the exchange has ended
   */
  public OutgoingResponse send(OutgoingRequest request) throws IOException, InterruptedException {
    RequestInFlight flight = new RequestInFlight(resolver);
    // A thread of its own, since neither resolving a name nor reading a socket can be bounded in
    // time from within.
    FutureTask<OutgoingResponse> exchange = new FutureTask<>(followed(flight, request));
    Thread.ofVirtual().name("outgoing-" + request.url().getHost()).start(exchange);
    try {
      return exchange.get(request.bounds().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException(
          "There was no whole answer within %d ms"
              .formatted(request.bounds().timeout().toMillis()));
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      exchange.cancel(true);
      flight.abort();
    }
  }

  private static Callable<OutgoingResponse> followed(
      RequestInFlight flight, OutgoingRequest request) {
    return () -> {
      OutgoingRequest next = request;
      for (int redirects = 0; ; redirects++) {
        OutgoingResponse response = flight.exchange(next);
        URI target = Redirects.target(next, response);
        if (target == null || request.bounds().maxRedirects() == 0) {
          return response;
        }
        if (redirects == request.bounds().maxRedirects()) {
          throw new IOException(
              "There were more than %d redirects".formatted(request.bounds().maxRedirects()));
        }
        next = Redirects.follow(next, target);
      }
    };
  }

  private static IOException rethrown(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AddressRefusedException refused) {
        return refused;
      }
    }
    if (failure instanceof IOException io) {
      return io;
    }
    return new IOException("The request cannot be sent: " + failure, failure);
  }

  /** The client's resolver can only say that a host is unknown; the cause says why. */
  private record VettingDnsResolver(VettedResolver resolver) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      try {
        return resolver.resolve(unbracketed(host)).toArray(InetAddress[]::new);
      } catch (AddressRefusedException e) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(e);
        throw unknown;
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }

    private static String unbracketed(String host) {
      return host.startsWith("[") && host.endsWith("]")
          ? host.substring(1, host.length() - 1)
          : host;
    }
  }
}
