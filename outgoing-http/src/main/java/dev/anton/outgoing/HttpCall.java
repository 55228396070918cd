package dev.anton.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as a plan or a job describes it: {@code {"url", "method"?, "headers"?, "body"?,
 * "expectedStatus"?, "retryOn"?, "outputHeaders"?, "timeout"?, "redirects"?}}.
 *
 * @param expected which statuses are a success
 * @param retryOn statuses after which another attempt may end otherwise
 * @param outputHeaders lower-case names of the headers that are handed on
 */
public record HttpCall(
    OutgoingRequest request,
    ExpectedStatus expected,
    Set<Integer> retryOn,
    Set<String> outputHeaders) {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** RFC 9110, 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** Visible characters, spaces and tabs: no line end can begin a header of its own. */
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8000}");

  /** The client sets them, or they would change what a message means. */
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "proxy-authorization",
          "proxy-connection",
          "keep-alive");

  private static final int MAX_HEADERS = 50;
  private static final int MAX_URL_CHARACTERS = 4_000;
  private static final int MAX_REDIRECTS = 5;
  private static final int DEFAULT_REDIRECTS = 3;

  /** Too early, too often, or not now. */
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429, 500, 502, 503, 504);

  /**
   * Reads a call.
   *
   * @param defaultBody sent if the description gives none and the method takes one; null for none
   * @throws IllegalCallException if it cannot be made; the reason names the field
   */
  public static HttpCall read(JsonNode json, @Nullable JsonNode defaultBody, CallSettings settings)
      throws IllegalCallException {
    URI url = url(json.path("url"), settings);
    String method = method(json.path("method"));
    Map<String, String> headers = headers(json.path("headers"), url.getHost(), settings);
    byte[] body = body(method, json.path("body"), defaultBody, headers);
    return new HttpCall(
        new OutgoingRequest(
            method,
            url,
            headers,
            body,
            new OutgoingRequest.Bounds(
                CallTimeout.read(json.path("timeout")),
                settings.maxResponseBytes(),
                redirects(json.path("redirects")))),
        ExpectedStatus.read(json.path("expectedStatus")),
        retryOn(json.path("retryOn")),
        outputHeaders(json.path("outputHeaders")));
  }

  private static URI url(JsonNode json, CallSettings settings) throws IllegalCallException {
    String text = json.asString("");
    if (!json.isString() || text.length() > MAX_URL_CHARACTERS) {
      throw new IllegalCallException(
          "url is a text of at most " + MAX_URL_CHARACTERS + " characters");
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalCallException("url is no URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalCallException("url begins with http:// or https:// and a host");
    }
    if (settings.httpsOnly() && !scheme.equals("https")) {
      throw new IllegalCallException("url begins with https:// here: the operator allows no other");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalCallException("url has no user or password; send an Authorization header");
    }
    return url;
  }

  private static String method(JsonNode json) throws IllegalCallException {
    String method = json.isMissingNode() ? "GET" : json.asString("").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new IllegalCallException(
          "method is one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    return method;
  }

  private static Map<String, String> headers(JsonNode json, String host, CallSettings settings)
      throws IllegalCallException {
    if ((!json.isMissingNode() && !json.isObject()) || json.size() > MAX_HEADERS) {
      throw new IllegalCallException("headers is an object of at most " + MAX_HEADERS + " texts");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      String name = entry.getKey();
      if (!TOKEN.matcher(name).matches() || !seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalCallException("Each of headers has a name of its own that HTTP knows");
      }
      if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalCallException("The header " + name + " is set by the client itself");
      }
      String value = value(name, entry.getValue(), host, settings);
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalCallException(
            "The header " + name + " is a text of at most 8000 ASCII characters on one line");
      }
      headers.put(name, value);
    }
    return headers;
  }

  private static String value(String name, JsonNode json, String host, CallSettings settings)
      throws IllegalCallException {
    if (json.isString()) {
      return json.stringValue();
    }
    if (json.isObject() && json.size() <= 2 && json.path("secret").isString()) {
      return json.path("prefix").asString("")
          + settings.secret(json.path("secret").stringValue(), host);
    }
    throw new IllegalCallException(
        "The header " + name + " is a text, or {\"secret\": name, \"prefix\"?: text}");
  }

  private static byte @Nullable [] body(
      String method, JsonNode json, @Nullable JsonNode otherwise, Map<String, String> headers)
      throws IllegalCallException {
    boolean takesBody = Set.of("POST", "PUT", "PATCH", "DELETE").contains(method);
    if (!json.isMissingNode() && !takesBody) {
      throw new IllegalCallException("A " + method + " request has no body");
    }
    JsonNode body = json;
    if (json.isMissingNode()) {
      if (otherwise == null || !takesBody || method.equals("DELETE")) {
        return null;
      }
      body = otherwise;
    }
    boolean text = body.isString();
    if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
      headers.put("Content-Type", text ? "text/plain; charset=UTF-8" : "application/json");
    }
    return text ? body.stringValue().getBytes(UTF_8) : JsonMapper.shared().writeValueAsBytes(body);
  }

  private static int redirects(JsonNode json) throws IllegalCallException {
    if (json.isMissingNode()) {
      return DEFAULT_REDIRECTS;
    }
    if (!json.isInt() || json.intValue() < 0 || json.intValue() > MAX_REDIRECTS) {
      throw new IllegalCallException("redirects is a whole number from 0 to " + MAX_REDIRECTS);
    }
    return json.intValue();
  }

  private static Set<Integer> retryOn(JsonNode json) throws IllegalCallException {
    if (json.isMissingNode()) {
      return WORTH_ANOTHER_TRY;
    }
    return json.isArray() && json.isEmpty()
        ? Set.of()
        : ExpectedStatus.statuses(json, "retryOn is a list of statuses from 100 to 599");
  }

  private static Set<String> outputHeaders(JsonNode json) throws IllegalCallException {
    if (json.isMissingNode()) {
      return Set.of("content-type");
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : json) {
      if (!name.isString() || !TOKEN.matcher(name.stringValue()).matches()) {
        throw new IllegalCallException("outputHeaders is a list of header names");
      }
      names.add(name.stringValue().toLowerCase(Locale.ROOT));
    }
    if (!json.isArray() || names.size() > MAX_HEADERS) {
      throw new IllegalCallException("outputHeaders is a list of at most 50 header names");
    }
    return names;
  }
}
