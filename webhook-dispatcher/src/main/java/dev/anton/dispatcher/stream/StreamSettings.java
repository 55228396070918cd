package dev.anton.dispatcher.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many listen to a replica, and how far behind they may be.
 *
 * @param concurrency of all tenants; with full buffers they hold 64 MiB
 * @param perTenant so that one tenant leaves room for the others
 * @param buffer what waits for one client; it holds an event of any size that is allowed
 * @param heartbeat well below the minute after which proxies give a silent connection up
 * @param window how old the event may be after which a client goes on
 * @param maxRecords how many records, of all tenants, are read for a client that goes on
 * @param catchUps how many clients are read for at a time, each with a consumer of its own
 */
@ConfigurationProperties("anton.dispatcher.stream")
record StreamSettings(
    @DefaultValue("128") int concurrency,
    @DefaultValue("16") int perTenant,
    @DefaultValue("512KB") DataSize buffer,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("24h") Duration window,
    @DefaultValue("500000") long maxRecords,
    @DefaultValue("4") int catchUps) {}
