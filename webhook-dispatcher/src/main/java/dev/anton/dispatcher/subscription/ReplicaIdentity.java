package dev.anton.dispatcher.subscription;

import dev.anton.schemas.id.Ids;
import org.springframework.stereotype.Component;

/** The name of this process among those that match events; a new one at every start. */
@Component
public class ReplicaIdentity {

  private final String id = Ids.next("rep_");

  public String id() {
    return id;
  }
}
