package dev.anton.stack.postgres;

import java.nio.file.Path;

/**
 * How to run a server.
 *
 * @param folder keeps the cluster, its passwords and its log; created when absent, else continued
 * @param binaries where the programs are unpacked to, once; may be shared by many servers
 * @param port on the loopback address
 * @param durability whether what was acknowledged survives a crash
 */
public record PostgresSettings(Path folder, Path binaries, int port, Durability durability) {

  /** Whether a commit waits for the disk. */
  public enum Durability {
    /** What was acknowledged survives a crash of the server and of the machine. */
    DURABLE,

    /** For tests that throw the data away: several times faster commits. */
    FAST
  }

  Path cluster() {
    return folder.resolve("cluster");
  }

  Path accessRules() {
    return cluster().resolve("pg_hba.conf");
  }

  public Path log() {
    return folder.resolve("postgres.log");
  }

  Path passwords() {
    return folder.resolve("passwords.properties");
  }
}
