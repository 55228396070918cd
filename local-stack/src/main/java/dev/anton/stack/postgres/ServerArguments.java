package dev.anton.stack.postgres;

import dev.anton.stack.process.LoopbackPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server's settings, given on its command line so that no file can disagree. */
final class ServerArguments {

  private ServerArguments() {}

  static List<String> of(PostgresSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("listen_addresses", LoopbackPorts.ADDRESS);
    values.put("port", Integer.toString(settings.port()));
    values.put("unix_socket_directories", ""); // TCP only: one way in, with a password
    // Three services with a pool of 16 each, room for more replicas, tests and a person's psql.
    values.put("max_connections", "200");
    values.put("timezone", "UTC");
    values.put("password_encryption", "scram-sha-256");
    // The journal writes some 20 MB of WAL a second at full speed. With the defaults its process
    // would write out other pages to find room, and whole pages to the WAL after every checkpoint.
    values.put("shared_buffers", "256MB");
    values.put("wal_buffers", "16MB");
    // A laptop's disk has room for this much; recovery reads it in some ten seconds.
    values.put("max_wal_size", "2GB");
    values.put("checkpoint_timeout", "15min");
    values.putAll(
        switch (settings.durability()) {
          case DURABLE ->
              Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
          case FAST ->
              Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
        });
    List<String> arguments = new ArrayList<>(List.of("-D", settings.cluster().toString()));
    values.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return arguments;
  }
}
