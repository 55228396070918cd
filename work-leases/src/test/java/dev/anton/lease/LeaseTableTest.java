package dev.anton.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.PostgresBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@BackendsTest(role = "planner")
class LeaseTableTest {

  private final JdbcClient jdbc;

  LeaseTableTest(PostgresBackend postgres) {
    jdbc = JdbcClient.create(postgres.dataSource());
  }

  @BeforeEach
  void threeRows() {
    jdbc.sql(
            """
            CREATE TABLE IF NOT EXISTS work (
              id text PRIMARY KEY, state text NOT NULL, lease_owner text, lease_until timestamptz,
              fencing_token bigint NOT NULL DEFAULT 0)
            """)
        .update();
    jdbc.sql("DELETE FROM work").update();
    jdbc.sql("INSERT INTO work (id, state) VALUES ('a', 'open'), ('b', 'open'), ('c', 'done')")
        .update();
  }

  @Test
  void onlyClaimableRowsAreTakenInOrderAndUpToTheLimit() {
    assertThat(table("one").claim(1)).containsExactly(new Lease("a", 1));
    assertThat(table("one").claim(5)).containsExactly(new Lease("b", 1));
    assertThat(table("one").claim(0)).isEmpty();
  }

  @Test
  void aHeldRowIsNobodyElses() {
    table("one").claim(5);

    assertThat(table("two").claim(5)).isEmpty();
  }

  @Test
  void aLeaseThatRanOutIsTakenOverWithAHigherToken() {
    Lease lost = table("one").claim(1).getFirst();
    expire(lost);

    Lease won = table("two").claim(1).getFirst();

    assertThat(won).isEqualTo(new Lease("a", 2));
    assertThat(table("one").renew(List.of(lost))).isEmpty();
  }

  @Test
  void aLeaseThatRanOutButWasNotTakenCanBeRenewed() {
    Lease lease = table("one").claim(1).getFirst();
    expire(lease);

    assertThat(table("one").renew(List.of(lease))).containsExactly(lease);
    assertThat(table("two").claim(5)).extracting(Lease::id).containsExactly("b");
  }

  @Test
  void aReleasedRowIsFreeAtOnce() {
    Lease lease = table("one").claim(1).getFirst();
    table("one").release(lease);

    assertThat(table("two").claim(1)).containsExactly(new Lease("a", 2));
  }

  @Test
  void releasingALostLeaseLeavesTheNewHolderAlone() {
    Lease lost = table("one").claim(1).getFirst();
    expire(lost);
    Lease won = table("two").claim(1).getFirst();

    table("one").release(lost);

    assertThat(table("two").renew(List.of(won))).containsExactly(won);
  }

  @Test
  void manyReplicasNeverShareARow() throws Exception {
    jdbc.sql("INSERT INTO work (id, state) SELECT 'r' || n, 'open' FROM generate_series(1, 200) n")
        .update();
    List<Lease> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Lease>>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        LeaseTable table = table("replica-" + i);
        claims.add(() -> table.claim(40));
      }
      for (Future<List<Lease>> claim : threads.invokeAll(claims)) {
        all.addAll(claim.get());
      }
    }

    assertThat(all).extracting(Lease::id).doesNotHaveDuplicates().hasSize(202);
  }

  private LeaseTable table(String owner) {
    return new LeaseTable(
        jdbc,
        new LeaseTable.Spec("work", "id", "state = 'open'", "id", owner, Duration.ofMinutes(1)));
  }

  private void expire(Lease lease) {
    jdbc.sql("UPDATE work SET lease_until = now() - interval '1 second' WHERE id = :id")
        .param("id", lease.id())
        .update();
  }
}
