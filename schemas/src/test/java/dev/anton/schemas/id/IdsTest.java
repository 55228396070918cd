package dev.anton.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void idsSortByTheTimeTheyWereMade() {
    List<String> ids = Stream.generate(Ids::event).limit(10_000).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anIdIsItsPrefixAndAUuidOfVersionSeven() {
    assertThat(Ids.webhook()).matches("wh_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Acme", "a b", "../x", "-a"})
  void aTenantIdThatCouldBreakAPathOrAHeaderIsRefused(String id) {
    assertThatThrownBy(() -> new Tenant(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
