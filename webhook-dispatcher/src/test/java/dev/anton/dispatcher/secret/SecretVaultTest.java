package dev.anton.dispatcher.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretVaultTest {

  private static final String OLD = "old:" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NEW =
      "new:"
          + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
  private static final byte[] SECRET = "your-secret-key".getBytes(UTF_8);

  private final SecretVault vault = vault(NEW, OLD);

  @Test
  void whatIsSealedOpensInItsContext() {
    assertThat(vault.open(vault.seal(SECRET, "wh_1/key"), "wh_1/key")).isEqualTo(SECRET);
  }

  @Test
  void theSameSecretIsSealedDifferentlyEachTimeAndNamesItsKey() {
    String sealed = vault.seal(SECRET, "wh_1/key");

    assertThat(sealed).startsWith("a1:new:").isNotEqualTo(vault.seal(SECRET, "wh_1/key"));
    assertThat(Base64.getDecoder().decode(sealed.substring("a1:new:".length())))
        .hasSize(12 + SECRET.length + 16);
  }

  @Test
  void whatAnEarlierKeySealedStaysReadable() {
    String sealed = vault(OLD).seal(SECRET, "wh_1/key");

    assertThat(sealed).startsWith("a1:old:");
    assertThat(vault.open(sealed, "wh_1/key")).isEqualTo(SECRET);
  }

  @Test
  void aTextThatWasMovedToAnotherRowIsRefused() {
    String sealed = vault.seal(SECRET, "wh_1/key");

    assertThatThrownBy(() -> vault.open(sealed, "wh_2/key"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wh_2/key")
        .hasMessageNotContaining("your-secret");
  }

  @Test
  void aTextThatWasChangedIsRefused() {
    String sealed = vault.seal(SECRET, "c");
    int middle = sealed.length() - 20;
    char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';
    String changed = sealed.substring(0, middle) + other + sealed.substring(middle + 1);

    assertThatThrownBy(() -> vault.open(changed, "c")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open("a1:new:AAAA", "c"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open("plain", "c")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTextWhoseKeyIsNotConfiguredSaysWhichItIs() {
    String sealed = vault(OLD).seal(SECRET, "c");

    assertThatThrownBy(() -> vault(NEW).open(sealed, "c"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("anton.secrets.keys has no key with the id old");
  }

  @ParameterizedTest
  @CsvSource({
    "'',is empty",
    "AAAA,key id and a colon",
    "k1:AAAA,32 bytes",
    "k1:not base64,32 bytes",
    "'bad id:AAAA',key id and a colon"
  })
  void keysOfAnotherFormAreRefusedInOneSentence(String entry, String says) {
    List<String> keys = entry.isEmpty() ? List.of() : List.of(entry);

    assertThatThrownBy(() -> SecretKeys.parse(keys))
        .isInstanceOf(SecretKeysException.class)
        .hasMessageContaining(says)
        .hasMessageNotContaining("AAAA")
        .hasMessageNotContaining("not base64");
  }

  @Test
  void twoKeysWithOneIdAreRefused() {
    assertThatThrownBy(() -> SecretKeys.parse(List.of(OLD, OLD)))
        .isInstanceOf(SecretKeysException.class)
        .hasMessageContaining("two keys with the id old");
  }

  @Test
  void aStartWithoutKeysIsExplainedWithWhatToDo() {
    var analysis =
        new SecretKeysFailureAnalyzer()
            .analyze(new IllegalStateException(new SecretKeysException("There is no key.")));

    assertThat(analysis.getDescription()).isEqualTo("There is no key.");
    assertThat(analysis.getAction()).contains("ANTON_SECRETS_KEYS").contains("openssl rand");
  }

  @Test
  void theSettingsDoNotTellTheKeys() {
    assertThat(new SecretsProperties(List.of(OLD)).toString())
        .isEqualTo("SecretsProperties[1 keys]");
  }

  private static SecretVault vault(String... keys) {
    return new SecretVault(new SecretsProperties(List.of(keys)));
  }
}
