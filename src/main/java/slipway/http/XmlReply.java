package slipway.http;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.annotation.XmlAnyAttribute;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import slipway.details.LegalText;

/** A reply as XML: {@code <response status="ok" ...>} with the payload's elements inside. */
@XmlRootElement(name = "response")
final class XmlReply {
  private static final JAXBContext CONTEXT = context();

  /** Writers not in use: making one costs as much as writing a reply. */
  private static final Queue<Marshaller> MARSHALLERS = new ConcurrentLinkedQueue<>();

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  @XmlAnyAttribute final Map<QName, String> attributes = new LinkedHashMap<>();

  @XmlAnyElement(lax = true)
  final List<JAXBElement<?>> children = new ArrayList<>();

  /** An element with attributes and child elements, such as a list's {@code <photo>}. */
  static final class Node {
    @XmlAnyAttribute final Map<QName, String> attributes = new LinkedHashMap<>();

    @XmlAnyElement(lax = true)
    final List<JAXBElement<?>> children = new ArrayList<>();
  }

  private XmlReply() {}

  static ReplyBody.Text of(Reply reply, String permissionLevel) {
    XmlReply xml = new XmlReply();
    put(xml.attributes, "status", "ok");
    put(xml.attributes, "permission_level", permissionLevel);
    put(xml.attributes, "message", reply.message());
    put(xml.attributes, "cached", "0");
    if (reply.page() != null) {
      put(xml.attributes, "p", Integer.toString(reply.page().number()));
      put(xml.attributes, "size", Integer.toString(reply.page().size()));
      put(xml.attributes, "total_count", Long.toString(reply.page().total()));
    }
    if (reply.fields() != null) {
      addAll(xml.children, reply.fields());
    }
    if (reply.items() != null) {
      reply.items().forEach(item -> xml.children.add(node(item)));
    }
    return xml::write;
  }

  /**
   * Of an error.
   *
   * @param said the message for a visitor; null for none
   */
  static ReplyBody.Text of(ApiException error, String said, String permissionLevel) {
    XmlReply xml = new XmlReply();
    put(xml.attributes, "status", "error");
    put(xml.attributes, "permission_level", permissionLevel);
    put(xml.attributes, "code", error.code().id());
    put(xml.attributes, "message", error.getMessage());
    if (said != null) {
      put(xml.attributes, "error_message", said);
    }
    return xml::write;
  }

  private static JAXBElement<Node> node(Reply.Item item) {
    Node node = new Node();
    item.attributes().forEach((name, value) -> put(node.attributes, name, value));
    addAll(node.children, item.children());
    return new JAXBElement<>(new QName(item.element()), Node.class, node);
  }

  private static void put(Map<QName, String> attributes, String name, String value) {
    attributes.put(new QName(name), LegalText.of(value));
  }

  private static void addAll(List<JAXBElement<?>> children, Map<String, String> fields) {
    fields.forEach((name, value) -> children.add(element(name, value)));
  }

  /** A name that is not valid in XML, which a caller of echo may choose, becomes an attribute. */
  private static JAXBElement<?> element(String name, String value) {
    if (NAME.matcher(name).matches()) {
      return new JAXBElement<>(new QName(name), String.class, LegalText.of(value));
    }
    Node node = new Node();
    put(node.attributes, "name", name);
    put(node.attributes, "value", value);
    return new JAXBElement<>(new QName("parameter"), Node.class, node);
  }

  private void write(Writer out) throws IOException {
    try {
      Marshaller marshaller = MARSHALLERS.poll();
      if (marshaller == null) {
        marshaller = CONTEXT.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
      }
      out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
      // A tab in an attribute would be read as a space (XML 1.0, 3.3.3).
      marshaller.marshal(this, new ReplyBody.Replacing(out, '\t', "&#9;"));
      MARSHALLERS.add(marshaller);
    } catch (JAXBException e) {
      throw new IllegalStateException("Could not write the reply as XML", e);
    }
  }

  private static JAXBContext context() {
    try {
      return JAXBContext.newInstance(XmlReply.class, Node.class);
    } catch (JAXBException e) {
      throw new IllegalStateException("Could not set up XML", e);
    }
  }
}
