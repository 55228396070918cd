package dev.anton.dispatcher.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

interface SubscriptionRepository extends CrudRepository<SubscriptionRow, String> {

  /** Those that clients registered, in the order of their ids. */
  @Query(
      """
      select * from webhook_subscription
       where tenant = :tenant and job_id is null and deleted_at is null
         and id > coalesce(:after, '')
       order by id
       limit :limit
      """)
  List<SubscriptionRow> list(String tenant, @Nullable String after, int limit);

  @Query(
      """
      select * from webhook_subscription
       where tenant = :tenant and id = :id and job_id is null and deleted_at is null
      """)
  Optional<SubscriptionRow> findRegistered(String tenant, String id);

  @Query(
      """
      select count(*) from webhook_subscription
       where tenant = :tenant and job_id is null and deleted_at is null
      """)
  int countRegistered(String tenant);

  /** Tombstones included. */
  @Query("select * from webhook_subscription where tenant = :tenant and job_id = :jobId")
  Optional<SubscriptionRow> findOfJob(String tenant, String jobId);

  /** One page of all that live, for a replica that starts. */
  @Query(
      """
      select * from webhook_subscription
       where deleted_at is null and id > :after
       order by id
       limit :limit
      """)
  List<SubscriptionRow> pageOfAll(String after, int limit);

  /** One page of what may have changed since a snapshot, tombstones included. */
  @Query(
      """
      select * from webhook_subscription
       where changed_in >= cast(:since as xid8) and id > :after
       order by id
       limit :limit
      """)
  List<SubscriptionRow> pageOfChanges(String since, String after, int limit);

  /** The oldest transaction that still runs: everything below it is settled. */
  @Query("select pg_snapshot_xmin(pg_current_snapshot())::text")
  String oldestRunning();

  @Query(
      """
      select * from webhook_subscription
       where grace_until <= :now and deleted_at is null
       order by grace_until
       limit :limit
       for update skip locked
      """)
  List<SubscriptionRow> lockEndedRotations(Instant now, int limit);
}
