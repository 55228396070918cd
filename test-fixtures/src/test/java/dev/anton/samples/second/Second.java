package dev.anton.samples.second;

import dev.anton.samples.first.First;
import dev.anton.samples.first.internal.Secret;

public class Second {
  Secret secret = new Secret();

  String use(First first) {
    return first.toString();
  }
}
