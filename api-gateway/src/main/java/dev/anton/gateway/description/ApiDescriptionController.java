package dev.anton.gateway.description;

import dev.anton.gateway.routing.Service;
import dev.anton.gateway.routing.ServiceUrls;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Answers {@code GET /v3/api-docs} with the description of the whole public API. */
@RestController
final class ApiDescriptionController implements AutoCloseable {

  private final List<DescriptionSource> sources;
  private final String version;
  private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

  ApiDescriptionController(
      ServiceUrls urls,
      HttpClient servicesHttpClient,
      DescriptionProperties properties,
      Clock clock,
      @Value("${info.app.version}") String version) {
    this.sources =
        Arrays.stream(Service.values())
            .map(
                service ->
                    new DescriptionSource(
                        service, urls.of(service), servicesHttpClient, properties, clock))
            .toList();
    this.version = version;
  }

  @GetMapping("/v3/api-docs")
  ResponseEntity<JsonNode> description() {
    List<CompletableFuture<ServiceDescription>> answers =
        sources.stream().map(source -> CompletableFuture.supplyAsync(source::get, asking)).toList();
    List<ServiceDescription> descriptions = answers.stream().map(CompletableFuture::join).toList();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noCache())
        .body(DescriptionMerge.merge(version, descriptions));
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
