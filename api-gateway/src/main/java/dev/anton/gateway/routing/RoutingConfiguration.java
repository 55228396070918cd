package dev.anton.gateway.routing;

import dev.anton.api.body.BodyProperties;
import dev.anton.api.problem.ProblemResponder;
import dev.anton.gateway.security.TenantOfRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** One route for each service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ServiceUrls.class, ProxyProperties.class})
class RoutingConfiguration {

  /** Inside what measures requests, outside of the body limit. */
  private static final int STRICT_PATHS = Ordered.HIGHEST_PRECEDENCE + 90;

  /** Inside the body limit, which counts what this filter reads. */
  private static final int WHOLE_BODIES = Ordered.HIGHEST_PRECEDENCE + 110;

  @Bean
  RouterFunction<ServerResponse> serviceRoutes(ServiceUrls urls) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    for (Service service : Service.values()) {
      routes.add(route(service, urls));
    }
    return routes.build();
  }

  private static RouterFunction<ServerResponse> route(Service service, ServiceUrls urls) {
    RouterFunctions.Builder route = GatewayRouterFunctions.route(service.serviceName());
    for (String pattern : service.patterns()) {
      route.route(RequestPredicates.path(pattern), HandlerFunctions.http());
    }
    return route
        .before(BeforeFilterFunctions.uri(urls.of(service)))
        .before(
            request -> {
              request.attributes().put(ServiceProxy.SERVICE, service);
              return request;
            })
        .build();
  }

  @Bean
  ProxyExchange serviceProxy(
      ServiceUrls urls,
      HttpClient servicesHttpClient,
      RestClient.Builder builder,
      GatewayMvcProperties gateway,
      ProxyProperties proxy,
      MeterRegistry registry) {
    return new ServiceProxy(
        urls,
        exchange(builder, servicesHttpClient, gateway, proxy.answerTimeout()),
        exchange(builder, servicesHttpClient, gateway, null),
        registry);
  }

  private static ProxyExchange exchange(
      RestClient.Builder builder,
      HttpClient client,
      GatewayMvcProperties gateway,
      @Nullable Duration timeout) {
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    // What a client and a service agree on passes through as it is.
    requests.enableCompression(false);
    if (timeout != null) {
      requests.setReadTimeout(timeout);
    }
    return new RestClientProxyExchange(builder.clone().requestFactory(requests).build(), gateway);
  }

  @Bean(destroyMethod = "shutdown")
  HttpClient servicesHttpClient(ProxyProperties proxy) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(proxy.connectTimeout())
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  @Bean
  OutgoingHeaders outgoingHeaders(TenantOfRequest tenants) {
    return new OutgoingHeaders(tenants);
  }

  @Bean
  RelativeLocations relativeLocations(ServiceUrls urls) {
    return new RelativeLocations(urls);
  }

  @Bean
  FilterRegistrationBean<?> strictPaths(ProblemResponder responder) {
    FilterRegistrationBean<StrictPathFilter> registration =
        new FilterRegistrationBean<>(new StrictPathFilter(responder));
    registration.setOrder(STRICT_PATHS);
    return registration;
  }

  @Bean
  FilterRegistrationBean<?> wholeBodies(
      BodyProperties body, ProxyProperties proxy, ProblemResponder responder) {
    FilterRegistrationBean<WholeBodyFilter> registration =
        new FilterRegistrationBean<>(
            new WholeBodyFilter(body.maxSize(), proxy.maxBuffered(), responder));
    registration.setOrder(WHOLE_BODIES);
    return registration;
  }
}
