package dev.anton.dispatcher.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How large the journal's tables and indexes are, over all partitions. */
final class TableSizes {

  /**
   * @param ofARow bytes, of the table that it belongs to
   */
  record Size(String name, long bytes, long ofARow) {}

  private static final String SIZES =
      """
      select parent.relname as name, sum(pg_relation_size(part.oid))::bigint as bytes,
             (sum(pg_relation_size(part.oid))
              / greatest(1, sum(greatest(0, owner.reltuples))))::bigint as of_a_row
        from pg_inherits i
        join pg_class part on part.oid = i.inhrelid
        join pg_class parent on parent.oid = i.inhparent
        left join pg_index x on x.indexrelid = part.oid
        join pg_class owner on owner.oid = coalesce(x.indrelid, part.oid)
       where parent.relnamespace = 'dispatcher'::regnamespace
       group by parent.relname, parent.relkind
       order by min(split_part(parent.relname, '_', 1)), parent.relkind desc, 2 desc
      """;

  private final Map<String, String> parents = new HashMap<>();
  private final List<Size> all;

  TableSizes(JdbcClient jdbc) {
    jdbc.sql(
            """
            select part.relname, parent.relname
              from pg_inherits i
              join pg_class part on part.oid = i.inhrelid
              join pg_class parent on parent.oid = i.inhparent
            """)
        .query(
            row -> {
              parents.put(row.getString(1), row.getString(2));
            });
    all =
        jdbc.sql(SIZES)
            .query(
                (row, _) ->
                    new Size(row.getString("name"), row.getLong("bytes"), row.getLong("of_a_row")))
            .list();
  }

  /** By a partition, or a partition's index, the table or index that it is part of. */
  Map<String, String> parents() {
    return parents;
  }

  List<Size> all() {
    return all;
  }
}
