package dev.anton.api.idempotency;

import dev.anton.api.problem.ProblemException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Creates orders, and goes wrong where it is told to. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Orders {

  record Order(long id, String name) {}

  record NewOrder(String name) {}

  final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  volatile CountDownLatch entered = new CountDownLatch(1);
  volatile CountDownLatch goOn = new CountDownLatch(1);

  Orders(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  @PostMapping("/api/orders")
  ResponseEntity<Order> create(
      @RequestBody NewOrder order, @RequestParam(defaultValue = "") String go) {
    switch (go) {
      case "wait" -> await();
      case "refuse" -> throw ProblemException.badInput("refused", "/name", "name is nicer");
      case "fail" -> throw new IllegalStateException("before the commit");
      default -> {}
    }
    long id =
        transaction.execute(
            status ->
                jdbc.sql("INSERT INTO orders (name) VALUES (:name) RETURNING id")
                    .param("name", order.name())
                    .query(Long.class)
                    .single());
    switch (go) {
      case "failAfterCommit" -> throw new IllegalStateException("after the commit");
      case "refuseAfterCommit" -> throw ProblemException.conflict("late", "Too late");
      default -> {}
    }
    return ResponseEntity.created(URI.create("/api/orders/" + id))
        .body(new Order(id, order.name()));
  }

  int count(String name) {
    return jdbc.sql("SELECT count(*) FROM orders WHERE name = :name")
        .param("name", name)
        .query(Integer.class)
        .single();
  }

  private void await() {
    // Taken first: a test replaces the field as soon as it knows that this request is inside.
    CountDownLatch mine = goOn;
    entered.countDown();
    try {
      mine.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
