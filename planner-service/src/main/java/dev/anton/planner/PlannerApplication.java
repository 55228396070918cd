package dev.anton.planner;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Turns prompts into validated plans. */
@SpringBootApplication
public class PlannerApplication {

  public static void main(String[] args) {
    SpringApplication.run(PlannerApplication.class, args);
  }
}
