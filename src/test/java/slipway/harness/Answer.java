package slipway.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * What a server answered to one request.
 *
 * @param status the HTTP status
 * @param headers the headers, their names without regard to case
 * @param body the body's bytes, transfer coding removed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, HttpHeaders headers, byte[] body) {
  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** Where a redirect leads. */
  public URI location() {
    return URI.create(header("Location").orElseThrow(() -> unexpected("a Location", null)));
  }

  /** The decoded query parameters of {@link #location}, in order; of a repeated one, the last. */
  public Map<String, String> locationParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = location().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
      String value = end < pair.length() ? pair.substring(end + 1) : "";
      parameters.put(decode(pair.substring(0, end)), decode(value));
    }
    return parameters;
  }

  /** The body as a JSON object. */
  public JsonObject json() {
    try {
      return JsonParser.parseString(text()).getAsJsonObject();
    } catch (RuntimeException e) {
      throw unexpected("a JSON object", e);
    }
  }

  /** Where the original of the upload is that the body tells of, as JSON. */
  public String uploadedPath() {
    JsonObject upload = json().getAsJsonObject("upload");
    if (upload == null) {
      throw unexpected("an upload", null);
    }
    return String.join(
        "/",
        "",
        upload.get("tree_id").getAsString(),
        upload.get("photo_id").getAsString(),
        upload.get("token").getAsString(),
        "original");
  }

  /** Where the original of the upload is that {@link #location} tells of. */
  public String returnedPath() {
    Map<String, String> photo = locationParameters();
    if (!photo.containsKey("photo_id")) {
      throw unexpected("a photo_id", null);
    }
    return String.join(
        "/", "", photo.get("tree_id"), photo.get("photo_id"), photo.get("token"), "original");
  }

  /** The body as an XML document; one with a document type is refused. */
  public Document xml() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
    } catch (SAXException e) {
      throw unexpected("XML", e);
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text an XPath selects of the XML body, such as {@code /response/@status}; "" if none. */
  public String xml(String xpath) {
    try {
      return XPathFactory.newDefaultInstance().newXPath().evaluate(xpath, xml());
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(xpath, e);
    }
  }

  /** Status, headers and text, for the message of a failed test. */
  @Override
  public String toString() {
    return status + " " + headers.map() + "\n" + text();
  }

  private AssertionError unexpected(String wanted, Exception cause) {
    return new AssertionError("Expected " + wanted + " but the answer was " + this, cause);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
