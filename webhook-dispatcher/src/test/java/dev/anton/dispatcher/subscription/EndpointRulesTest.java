package dev.anton.dispatcher.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.body.BodyReader;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import dev.anton.schemas.json.WireJson;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/hooks?x=1&y=%20",
        "HTTP://EXAMPLE.com:8080/",
        "http://[2606:4700::1111]:80/x",
        "https://xn--bcher-kva.example/"
      })
  void acceptsWhatCanBeDeliveredTo(String url) {
    assertThat(read(rules(false, "93.184.215.14"), url)).isEqualTo(URI.create(url));
  }

  @Test
  void aNameThatStandsForAPrivateAddressIsRefused() {
    assertThatThrownBy(() -> read(rules(false, "10.1.2.3"), "https://inside.example.com/"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("address-not-allowed"));
  }

  @Test
  void oneRefusedAddressAmongManyRefusesTheName() {
    assertThatThrownBy(
            () -> read(rules(false, "93.184.215.14", "127.0.0.1"), "https://mixed.example.com/"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void withHttpsOnlyPlainHttpIsRefused() {
    EndpointRules rules = rules(true, "93.184.215.14");

    assertThat(read(rules, "https://example.com/")).isNotNull();
    assertThatThrownBy(() -> read(rules, "http://example.com/"))
        .hasMessageContaining("absolute https URL");
  }

  @Test
  void aNameServerThatDoesNotAnswerHoldsUpNothingForLong() {
    CountDownLatch never = new CountDownLatch(1);
    EndpointRules rules =
        new EndpointRules(
            new VettedResolver(
                new AddressPolicy(List.of()),
                host -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  throw new UnknownHostException(host);
                }),
            new EgressProperties(List.of(), false));

    assertThat(read(rules, "https://slow.example.com/")).isNotNull();
    never.countDown();
  }

  private static URI read(EndpointRules rules, String url) {
    BodyReader body =
        BodyReader.of(WireJson.mapper().valueToTree(Map.of("url", url)), List.of("url"));
    URI read = rules.read(body);
    body.check();
    return read;
  }

  private static EndpointRules rules(boolean httpsOnly, String... addresses) {
    return new EndpointRules(
        new VettedResolver(
            new AddressPolicy(List.of()),
            host -> {
              InetAddress[] found = new InetAddress[addresses.length];
              for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
              }
              return found;
            }),
        new EgressProperties(List.of(), httpsOnly));
  }
}
