package dev.anton.executor.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.schemas.id.Tenant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowersTest {

  private final Followers followers = new Followers();

  @Test
  void aTenantMayHaveHalfOfWhatTheOthersLeave() {
    assertThat(enterAsOftenAsPossible("a")).isEqualTo(50);
    assertThat(enterAsOftenAsPossible("b")).isEqualTo(25);
    assertThat(enterAsOftenAsPossible("c")).isEqualTo(13);
  }

  @Test
  void whoLeavesMakesRoom() {
    enterAsOftenAsPossible("a");

    followers.leave(new Tenant("a"));

    assertThat(enterAsOftenAsPossible("a")).isEqualTo(1);
  }

  @Test
  void thereAreNeverMoreThanTheBound() {
    int all = IntStream.range(0, 200).map(i -> enterAsOftenAsPossible("t" + i)).sum();

    assertThat(all).isEqualTo(Followers.MAX);
  }

  private int enterAsOftenAsPossible(String tenant) {
    int entered = 0;
    while (followers.enter(new Tenant(tenant))) {
      entered++;
    }
    return entered;
  }
}
