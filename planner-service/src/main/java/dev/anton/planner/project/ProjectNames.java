package dev.anton.planner.project;

import dev.anton.schemas.id.Tenant;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives each session a name that no other session of its tenant has. */
@Repository
public class ProjectNames {

  private final JdbcClient jdbc;

  ProjectNames(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the name, or the first free one of {@code name-2}, {@code name-3} … A concurrent claim of
   * the same name waits for this transaction's end.
   *
   * @param isTaken whether something that no session knows of has the name already
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public ProjectName claim(
      Tenant tenant, String sessionId, ProjectName wanted, Predicate<ProjectName> isTaken) {
    ProjectName candidate = wanted;
    int number = 1;
    while (isTaken.test(candidate) || !insert(tenant, sessionId, wanted, candidate, number)) {
      number = Math.max(number, highestNumber(tenant, wanted)) + 1;
      candidate = wanted.numbered(number);
    }
    return candidate;
  }

  /** Gives the session's name back; does nothing if it has none. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void release(String sessionId) {
    jdbc.sql("DELETE FROM projects WHERE session_id = :session")
        .param("session", sessionId)
        .update();
  }

  private boolean insert(
      Tenant tenant, String sessionId, ProjectName wanted, ProjectName name, int number) {
    return jdbc.sql(
                """
                INSERT INTO projects (tenant, name_key, session_id, wanted_key, number)
                VALUES (:tenant, :name, :session, :wanted, :number)
                ON CONFLICT (tenant, name_key) DO NOTHING
                """)
            .param("tenant", tenant.id())
            .param("name", name.key())
            .param("session", sessionId)
            .param("wanted", wanted.key())
            .param("number", number)
            .update()
        == 1;
  }

  private int highestNumber(Tenant tenant, ProjectName wanted) {
    return jdbc.sql(
            """
            SELECT coalesce(max(number), 1)
              FROM projects
             WHERE tenant = :tenant AND wanted_key = :wanted
            """)
        .param("tenant", tenant.id())
        .param("wanted", wanted.key())
        .query(Integer.class)
        .single();
  }
}
