package dev.anton.gateway.home;

import dev.anton.gateway.routing.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Answers {@code GET /}: a page for browsers, JSON for everyone else. */
@RestController
final class HomeController {

  private final Home home;
  private final String page;

  HomeController(@Value("${info.app.version}") String version) throws IOException {
    this.home =
        new Home(
            "Anton",
            "Plans software projects from a prompt, runs the plans and tells the world what happens"
                + " with signed webhooks",
            version,
            links());
    this.page =
        new ClassPathResource("home.html", HomeController.class)
            .getContentAsString(StandardCharsets.UTF_8)
            .replace("{{version}}", HtmlUtils.htmlEscape(version));
  }

  @GetMapping("/")
  ResponseEntity<?> home(
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    ResponseEntity.BodyBuilder response = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    return prefersPage(accept)
        ? response
            .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
            .body(page)
        : response.contentType(MediaType.APPLICATION_JSON).body(home);
  }

  /** A page is for those who name HTML and do not rather want JSON; a wildcard is a program's. */
  private static boolean prefersPage(@Nullable String accept) {
    try {
      List<MediaType> accepted = MediaType.parseMediaTypes(accept);
      return quality(accepted, MediaType.TEXT_HTML) > quality(accepted, MediaType.APPLICATION_JSON);
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static double quality(List<MediaType> accepted, MediaType type) {
    return accepted.stream()
        .filter(type::equalsTypeAndSubtype)
        .mapToDouble(MediaType::getQualityValue)
        .max()
        .orElse(0);
  }

  private static Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("apiDescription", "/v3/api-docs");
    links.put("apiBrowser", "/swagger-ui.html");
    links.put("health", "/actuator/health");
    Arrays.stream(Service.values())
        .flatMap(service -> service.resources().stream())
        .forEach(resource -> links.put(resource, "/api/" + resource));
    return links;
  }
}
