package dev.anton.api.sample;

import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.FieldError;
import dev.anton.api.problem.ProblemException;
import dev.anton.schemas.id.Tenant;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A handler for everything that the conventions promise. */
@SpringBootApplication
@RestController
public class SampleApi {

  enum Colour {
    RED,
    GREEN
  }

  record Item(String name, Integer count, List<Colour> colours, boolean flag, Instant due) {}

  record Box(List<Item> items, Map<String, Object> extra) {}

  record Checked(@NotBlank String name, @Max(5) int count, @Valid List<Checked> parts) {}

  record Even(int value) {
    Even {
      if (value % 2 != 0) {
        throw new IllegalArgumentException("value is even");
      }
    }
  }

  @PostMapping("/api/boxes")
  Box box(@RequestBody Box box) {
    return box;
  }

  @PostMapping("/api/checked")
  Checked checked(@Valid @RequestBody Checked checked) {
    return checked;
  }

  @PostMapping("/api/even")
  Even even(@RequestBody Even even) {
    return even;
  }

  @PostMapping("/api/bytes")
  int bytes(@RequestBody byte[] body) {
    return body.length;
  }

  @GetMapping("/api/tenant")
  String tenant(Tenant tenant) {
    return tenant.id();
  }

  @GetMapping("/internal/secret")
  String internal() {
    return "internal";
  }

  @GetMapping("/api/page")
  PageRequest page(PageRequest page) {
    return page;
  }

  @GetMapping("/api/number")
  int number(@RequestParam int value) {
    return value;
  }

  @GetMapping("/api/colour")
  Colour colour(@RequestParam Colour value) {
    return value;
  }

  @GetMapping("/api/failures/{kind}")
  String fail(@PathVariable String kind) {
    throw switch (kind) {
      case "problem" ->
          ProblemException.badInput(
              "odd-thing", "Two things are odd", List.of(new FieldError("/a", "a is even")));
      case "database" -> new DataAccessResourceFailureException("away");
      case "kafka" -> new IllegalStateException(new TimeoutException("away"));
      case "optimistic" -> new OptimisticLockingFailureException("stale");
      case "nul" -> new DataIntegrityViolationException("", new SQLException("nul", "22021"));
      case "teapot" -> new ResponseStatusException(HttpStatus.GONE, "It is over");
      default -> new IllegalStateException("a secret of ours");
    };
  }
}
