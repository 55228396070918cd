package dev.anton.gateway.routing;

import dev.anton.api.problem.Causes;
import dev.anton.api.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Collection;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Passes a request on, and says in a sentence which service is away or slow. */
final class ServiceProxy implements ProxyExchange {

  /** The request attribute that names the service a route leads to. */
  static final String SERVICE = ServiceProxy.class.getName() + ".service";

  static final String FAILURES = "anton.gateway.failures";

  private final ServiceUrls urls;
  private final ProxyExchange answers;
  private final ProxyExchange streams;
  private final MeterRegistry registry;

  /**
   * @param answers gives up when an answer takes too long
   * @param streams for paths that end in {@code /stream} and logs that are followed, which last as
   *     long as someone listens
   */
  ServiceProxy(
      ServiceUrls urls, ProxyExchange answers, ProxyExchange streams, MeterRegistry registry) {
    this.urls = urls;
    this.answers = answers;
    this.streams = streams;
    this.registry = registry;
  }

  @Override
  public ServerResponse exchange(Request request) {
    Service service = (Service) request.getServerRequest().attributes().get(SERVICE);
    if (service == null) {
      throw new IllegalStateException("A route names its service");
    }
    Request verbatim = new VerbatimRequest(request, target(service, request));
    try {
      return (asksForStream(request) ? streams : answers).exchange(verbatim);
    } catch (ResourceAccessException e) {
      throw failure(service.serviceName(), e);
    }
  }

  /** Path and query as the client wrote them: a cursor or a time comes through as it is. */
  private URI target(Service service, Request request) {
    HttpServletRequest original = request.getServerRequest().servletRequest();
    String query = original.getQueryString();
    return urls.of(service).resolve(original.getRequestURI() + (query == null ? "" : "?" + query));
  }

  private static boolean asksForStream(Request request) {
    String path = request.getServerRequest().path();
    return path.endsWith("/stream")
        || (path.endsWith("/log")
            && request.getServerRequest().param("follow").filter("true"::equals).isPresent());
  }

  private ProblemException failure(String service, ResourceAccessException e) {
    if (Causes.find(e, ConnectException.class) != null
        || Causes.find(e, HttpConnectTimeoutException.class) != null) {
      count(service, "away");
      return ProblemException.unavailable(
          "unavailable", service + " cannot be reached right now; try again in a few seconds");
    }
    if (Causes.find(e, HttpTimeoutException.class) != null) {
      count(service, "slow");
      return new ProblemException(
          HttpStatus.GATEWAY_TIMEOUT,
          "gateway-timeout",
          service + " did not answer in time; whether it did the work is not known",
          List.of());
    }
    count(service, "broken");
    return new ProblemException(
        HttpStatus.BAD_GATEWAY,
        "bad-gateway",
        service + " broke off before it answered; whether it did the work is not known",
        List.of());
  }

  private void count(String service, String reason) {
    registry.counter(FAILURES, "service", service, "reason", reason).increment();
  }

  /** The same request with another target. */
  private record VerbatimRequest(Request request, URI target) implements Request {

    @Override
    public HttpMethod getMethod() {
      return request.getMethod();
    }

    @Override
    public URI getUri() {
      return target;
    }

    @Override
    public HttpHeaders getHeaders() {
      return request.getHeaders();
    }

    @Override
    public ServerRequest getServerRequest() {
      return request.getServerRequest();
    }

    @Override
    public Collection<ResponseConsumer> getResponseConsumers() {
      return request.getResponseConsumers();
    }
  }
}
