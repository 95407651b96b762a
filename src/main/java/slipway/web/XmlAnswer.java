package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import slipway.details.LegalText;
import slipway.net.EntityTag;

/**
 * An XML document for programs: written element by element, and sent unless its reader has it
 * already (RFC 9110, 13.1.2).
 */
final class XmlAnswer {
  private static final XMLOutputFactory WRITERS = XMLOutputFactory.newInstance();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final XMLStreamWriter xml;

  /** One whose root element has that name, in that namespace. */
  XmlAnswer(String root, String namespace) throws IOException {
    try {
      xml = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(namespace);
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** Writes an element without children. */
  XmlAnswer leaf(String name, String text, String... attributes) throws IOException {
    open(name, attributes);
    try {
      xml.writeCharacters(LegalText.of(text));
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    return close();
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; one whose value is null is left out
   */
  XmlAnswer open(String name, String... attributes) throws IOException {
    try {
      xml.writeStartElement(name);
      for (int i = 0; i < attributes.length; i += 2) {
        if (attributes[i + 1] != null) {
          xml.writeAttribute(attributes[i], LegalText.of(attributes[i + 1]));
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    return this;
  }

  /** Ends the element that was begun last. */
  XmlAnswer close() throws IOException {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    return this;
  }

  /** Ends the document and sends it, of that media type. */
  void send(String type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    EntityTag etag = new EntityTag(SmallDelivery.version(bytes.toByteArray()));
    response.setHeader("ETag", etag.toString());
    // Revalidated each time, as published photos may be hidden again.
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (etag.isAmong(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(type + "; charset=utf-8");
    response.setContentLength(bytes.size());
    bytes.writeTo(response.getOutputStream());
  }
}
