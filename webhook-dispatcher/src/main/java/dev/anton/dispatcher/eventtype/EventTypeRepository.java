package dev.anton.dispatcher.eventtype;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

@Repository
class EventTypeRepository {

  private final JdbcClient jdbc;

  EventTypeRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores the type unless the tenant has one of that name, or as many as it may have.
   *
   * @return whether it was stored
   */
  boolean insert(Tenant tenant, CustomEventType type, int maxPerTenant) {
    return jdbc.sql(
                """
                insert into event_type (tenant, name, description, schema_json, example, created_at)
                select :tenant, :name, :description, :schema, :example, :createdAt
                 where (select count(*) from event_type where tenant = :tenant) < :max
                on conflict do nothing
                """)
            .param("tenant", tenant.id())
            .param("name", type.name())
            .param("description", type.description())
            .param("schema", text(type.schema()))
            .param("example", text(type.example()))
            .param("createdAt", type.createdAt().atOffset(ZoneOffset.UTC))
            .param("max", maxPerTenant)
            .update()
        == 1;
  }

  Optional<CustomEventType> find(Tenant tenant, String name) {
    return jdbc.sql("select * from event_type where tenant = :tenant and name = :name")
        .param("tenant", tenant.id())
        .param("name", name)
        .query(EventTypeRepository::read)
        .optional();
  }

  List<CustomEventType> list(Tenant tenant, @Nullable String after, int limit) {
    return jdbc.sql(
            """
            select * from event_type
             where tenant = :tenant and name > :after
             order by name
             limit :limit
            """)
        .param("tenant", tenant.id())
        .param("after", after == null ? "" : after)
        .param("limit", limit)
        .query(EventTypeRepository::read)
        .list();
  }

  List<String> names(Tenant tenant, int limit) {
    return jdbc.sql("select name from event_type where tenant = :tenant order by name limit :limit")
        .param("tenant", tenant.id())
        .param("limit", limit)
        .query((row, number) -> row.getString("name"))
        .list();
  }

  /** Whether a type of the tenant begins with the text. */
  boolean anyStartsWith(Tenant tenant, String text) {
    return jdbc.sql(
            """
            select exists (select from event_type where tenant = :tenant and starts_with(name, :text))
            """)
        .param("tenant", tenant.id())
        .param("text", text)
        .query(Boolean.class)
        .single();
  }

  private static @Nullable String text(@Nullable JsonNode json) {
    return json == null ? null : WireJson.mapper().writeValueAsString(json);
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    return text == null ? null : WireJson.mapper().readTree(text);
  }

  private static CustomEventType read(ResultSet row, int number) throws SQLException {
    return new CustomEventType(
        row.getString("name"),
        row.getString("description"),
        json(row.getString("schema_json")),
        json(row.getString("example")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
