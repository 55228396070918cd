package dev.anton.dispatcher.subscription;

import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.egress.AddressRefusedException;
import dev.anton.egress.VettedResolver;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which URLs can be registered. Names are resolved to say no early; it is the connection that
 * counts, and it is vetted again. So this check fails open: a name that does not resolve now, or
 * not in time, is accepted.
 */
@Component
final class EndpointRules {

  private static final String FIELD = "url";
  private static final String INVALID = "invalid-url";
  private static final String REFUSED = "address-not-allowed";

  /** What common clients, proxies and servers take. */
  private static final int MAX_LENGTH = 2_048;

  /** A registration does not wait longer for a name server. */
  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(3);

  /** Names that are being resolved at a time: a slow name server must not pile up threads. */
  private final Semaphore resolving = new Semaphore(64);

  private final VettedResolver resolver;
  private final boolean httpsOnly;

  EndpointRules(VettedResolver resolver, EgressProperties egress) {
    this.resolver = resolver;
    this.httpsOnly = egress.httpsOnly();
  }

  /** The field {@code url}; null if it was refused. */
  @Nullable URI read(BodyReader body) {
    if (body.node(FIELD) == null) {
      body.refuse(INVALID, FIELD, "url is required: " + accepted());
      return null;
    }
    String text = body.text(FIELD, MAX_LENGTH);
    if (text == null) {
      return null;
    }
    URI url = parse(text);
    String flaw = url == null ? accepted() : flaw(url);
    if (url == null || flaw != null) {
      body.refuse(INVALID, FIELD, "url is not accepted: " + flaw);
      return null;
    }
    Optional<String> refusal = vet(host(url));
    refusal.ifPresent(sentence -> body.refuse(REFUSED, FIELD, sentence));
    return refusal.isPresent() ? null : url;
  }

  private String accepted() {
    return httpsOnly
        ? "it is an absolute https URL, such as https://example.com/webhooks"
        : "it is an absolute http or https URL, such as https://example.com/webhooks";
  }

  private static @Nullable URI parse(String text) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return null;
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private @Nullable String flaw(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && (httpsOnly || !scheme.equals("http"))) {
      return accepted();
    }
    String authority = url.getRawAuthority();
    if (url.getRawUserInfo() != null || (authority != null && authority.contains("@"))) {
      return "it carries credentials; send them as a header, with headers";
    }
    if (url.getRawFragment() != null) {
      return "it has a fragment (#…), which is never sent to a server";
    }
    if (url.getHost() == null || url.getHost().contains("%")) {
      return "its host is a DNS name (an international one in its xn-- form) or an IP address in"
          + " its usual notation";
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      return "its port is a number from 1 to 65535";
    }
    return null;
  }

  private static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Optional<String> vet(String host) {
    if (!resolving.tryAcquire()) {
      return Optional.empty();
    }
    FutureTask<Optional<String>> task = new FutureTask<>(() -> refusal(host));
    // The permit goes back when the resolver answers, not when nobody waits for it any more.
    Thread.startVirtualThread(
        () -> {
          try {
            task.run();
          } finally {
            resolving.release();
          }
        });
    try {
      return task.get(RESOLVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The host of a url could not be checked", e.getCause());
    }
  }

  private Optional<String> refusal(String host) {
    try {
      resolver.resolve(host);
      return Optional.empty();
    } catch (AddressRefusedException e) {
      return Optional.of(
          "The host of url is " + e.kind() + "; only public addresses can be delivered to");
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
