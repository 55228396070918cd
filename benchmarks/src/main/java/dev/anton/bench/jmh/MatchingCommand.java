package dev.anton.bench.jmh;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/** Measures matching with JMH. */
@Command(
    name = "matching",
    mixinStandardHelpOptions = true,
    description = "Finding an event's subscriptions among 100,000.")
public final class MatchingCommand implements Callable<Integer> {

  @Override
  public Integer call() throws RunnerException {
    new Runner(new OptionsBuilder().include("MatchingBenchmark").build()).run();
    return 0;
  }
}
