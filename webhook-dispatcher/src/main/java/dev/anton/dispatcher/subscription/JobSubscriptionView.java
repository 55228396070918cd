package dev.anton.dispatcher.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job's subscription as the executor sees it. */
record JobSubscriptionView(String id, @Nullable String jobId, String url, List<String> events) {}
