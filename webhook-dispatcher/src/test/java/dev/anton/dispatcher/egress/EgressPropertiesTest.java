package dev.anton.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EgressPropertiesTest {

  @Test
  void withoutSettingsDeliveriesGoDirectlyToPublicAddresses() {
    assertThat(bind(Map.of())).isEqualTo(EgressProperties.direct(List.of(), false));
  }

  @Test
  void aProxyIsAHostAndAPort() {
    EgressProperties bound =
        bind(Map.of("anton.egress.proxy.host", "proxy.corp", "anton.egress.proxy.port", "3128"));

    assertThat(bound.proxy()).isEqualTo(new EgressProperties.Proxy("proxy.corp", 3128, null, null));
  }

  @Test
  void credentialsAreNotShown() {
    assertThat(new EgressProperties.Proxy("proxy.corp", 3128, "user", "secret"))
        .asString()
        .isEqualTo("proxy.corp:3128");
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.corp, 3128, u, p, without http://",
    "'', 3128, u, p, is a name or an address",
    "proxy.corp, 0, u, p, from 1 to 65535",
    "proxy.corp, 65536, u, p, from 1 to 65535",
    "proxy.corp, 3128, u, , both or not at all",
    "proxy.corp, 3128, , p, both or not at all"
  })
  void whatCannotBeConnectedToIsNamed(
      String host, int port, String user, String password, String sentence) {
    assertThatThrownBy(() -> new EgressProperties.Proxy(host, port, user, password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  private static EgressProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("anton.egress", EgressProperties.class);
  }
}
