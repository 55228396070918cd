package dev.anton.executor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs plans and plugin jobs. */
@SpringBootApplication
public class ExecutorApplication {

  public static void main(String[] args) {
    SpringApplication.run(ExecutorApplication.class, args);
  }
}
