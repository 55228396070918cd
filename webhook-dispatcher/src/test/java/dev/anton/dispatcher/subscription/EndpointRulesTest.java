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
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Resolved by the JVM as in production; none of them needs a name server. */
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/, address-not-allowed",
    "http://10.0.0.1:8080/, address-not-allowed",
    "http://172.16.3.4/, address-not-allowed",
    "http://192.168.0.1/, address-not-allowed",
    "http://100.64.0.1/, address-not-allowed",
    "http://169.254.169.254/latest/meta-data/, address-not-allowed",
    "http://168.63.129.16/, address-not-allowed",
    "http://224.0.0.1/, address-not-allowed",
    "http://0.0.0.0/, address-not-allowed",
    "http://255.255.255.255/, address-not-allowed",
    // IPv4 in other clothes
    "http://2130706433/, address-not-allowed",
    "http://0x7f000001/, address-not-allowed",
    "http://0177.0.0.1/, address-not-allowed",
    "http://08.8.8.8/, address-not-allowed",
    "http://0/, address-not-allowed",
    "http://127.1/, invalid-url",
    "http://0x7f.0.0.1/, invalid-url",
    "http://127.0.0.1./, invalid-url",
    "http://256.1.1.1/, invalid-url",
    // IPv6
    "http://[::1]/, address-not-allowed",
    "http://[::]/, address-not-allowed",
    "http://[fe80::1]/, address-not-allowed",
    "http://[fd00:ec2::254]/, address-not-allowed",
    "http://[ff02::1]/, address-not-allowed",
    "http://[::ffff:127.0.0.1]/, address-not-allowed",
    "http://[0:0:0:0:0:ffff:7f00:1]/, address-not-allowed",
    "http://[::127.0.0.1]/, address-not-allowed",
    "http://[64:ff9b::10.0.0.1]/, address-not-allowed",
    "http://[64:ff9b:1::808:808]/, address-not-allowed",
    "http://[2002:7f00:1::]/, address-not-allowed",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/, address-not-allowed",
    "http://[2606:4700::5efe:10.0.0.1]/, address-not-allowed",
    "http://[fe80::1%25eth0]/, invalid-url",
    "http://[::1%25lo]/, invalid-url",
    "http://[2606:4700::1111%251]/, invalid-url",
    // What hides the host
    "http://user:password@example.com/, invalid-url",
    "http://example.com@127.0.0.1/, invalid-url",
    "http://example.com%2f@127.0.0.1/, invalid-url",
    "http://127.0.0.%31/, invalid-url",
    "http://127.0.0.1%00.example.com/, invalid-url",
    "http://localhost%2e/, invalid-url",
    "http://127.0.0.1\\@example.com/, invalid-url",
    "http://127。0。0。1/, invalid-url",
    "http://①②⑦.0.0.1/, invalid-url",
    "http://ｌocalhost/, invalid-url",
    "http://bücher.example/, invalid-url",
    "http://127.0.0.1:80:80/, invalid-url",
    "http://[::1/, invalid-url",
    "http:///127.0.0.1/, invalid-url",
    "http:127.0.0.1/, invalid-url",
    "//127.0.0.1/, invalid-url",
    "http://example..com/, invalid-url",
    "http://example.com:0/, invalid-url",
    "http://example.com:65536/, invalid-url",
    "http://example.com/#@127.0.0.1, invalid-url",
    "file:///etc/passwd, invalid-url",
    "gopher://127.0.0.1/, invalid-url",
    "jar:http://127.0.0.1!/, invalid-url"
  })
  void whatLeadsInsideIsRefusedHoweverItIsSpelled(String url, String code) {
    EndpointRules rules =
        new EndpointRules(
            new VettedResolver(new AddressPolicy(List.of())),
            EgressProperties.direct(List.of(), false));

    assertThatThrownBy(() -> read(rules, url))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
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
            EgressProperties.direct(List.of(), false));

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
        EgressProperties.direct(List.of(), httpsOnly));
  }
}
