package dev.anton.dispatcher.http;

import dev.anton.dispatcher.delivery.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An exchange through a proxy. What the proxy answers to {@code CONNECT} is never taken for the
 * endpoint's answer: its 410 would disable the subscription, its page be shown to the owner.
 */
final class TunnelledExchange extends Exchange {

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final String host;
  private final ProxyTunnel tunnel;
  private final HttpClientContext context;

  TunnelledExchange(
      HttpLimits limits,
      ExchangeListener listener,
      UnsentRequests unsent,
      URI url,
      ProxyTunnel tunnel) {
    super(limits, listener, unsent, url);
    this.host = url.getHost();
    this.tunnel = tunnel;
    this.context = tunnel.context();
  }

  @Override
  HttpClientContext context() {
    return context;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext responseContext,
      FutureCallback<Outcome> resultCallback)
      throws HttpException, IOException {
    if (isTunnelling()) {
      int status = response.getCode();
      if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
        tunnel.unreachable(host, context);
      }
      throw tunnel.failed(
          status == PROXY_AUTHENTICATION_REQUIRED
              ? "The proxy wants credentials, or others than it was given (407)"
              : "The proxy answered " + status + " and did not lead to the endpoint");
    }
    super.consumeResponse(response, entity, responseContext, resultCallback);
  }

  /** The client may tell of one failure twice: as of the answer, and as of the exchange. */
  @Override
  public void failed(Exception cause) {
    super.failed(isOver() ? cause : blamed(cause));
  }

  /** The exchange's last request tells how far it came: none, CONNECT, or the delivery itself. */
  private Exception blamed(Exception cause) {
    if (cause instanceof ProxyFailedException || cause instanceof SSLException) {
      return cause;
    }
    if (context.getRequest() == null) {
      return switch (cause) {
        case UnknownHostException e -> tunnel.failed("The proxy's name could not be resolved");
        case ConnectTimeoutException e ->
            tunnel.failed("The proxy did not accept a connection in time");
        case IOException e -> tunnel.failed("The proxy could not be connected to");
        default -> cause;
      };
    }
    return isTunnelling() && !isTunnelled()
        ? tunnel.failed("The connection through the proxy broke before the endpoint was reached")
        : cause;
  }

  private boolean isTunnelling() {
    HttpRequest request = context.getRequest();
    return request != null && Method.CONNECT.isSame(request.getMethod());
  }

  /**
   * Whether the proxy has led to the endpoint: what breaks now, as TLS begins, is not its doing.
   */
  private boolean isTunnelled() {
    HttpResponse response = context.getResponse();
    return response != null && response.getCode() == HttpStatus.SC_OK;
  }
}
