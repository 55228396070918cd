package dev.anton.samples.first;

import dev.anton.samples.first.internal.Secret;
import dev.anton.samples.second.Second;

public class First {
  Secret secret = new Secret();

  String use(Second second) {
    return second.toString();
  }
}
