package slipway.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A page being answered: a template and its parameters. Every template gets {@code site}, how the
 * site presents itself, {@code base}, the context path that its links begin with, {@code assets},
 * what the addresses of its scripts and style sheets begin with, and {@code texts}, what it says in
 * the visitor's language.
 */
final class PageTemplate {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, PageTemplate.class.getClassLoader(), "slipway.jte");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';";

  private final String template;
  private final Map<String, Object> parameters = new HashMap<>();
  private final StringBuilder policy;

  /** Addresses of pages may hold a photo's token. */
  private String referrerPolicy = "no-referrer";

  private int status = HttpServletResponse.SC_OK;

  PageTemplate(PageSite site, String template, HttpServletRequest request) {
    this.template = template;
    parameters.put("site", site.branding());
    parameters.put("base", request.getContextPath());
    parameters.put("assets", request.getContextPath() + site.assets().path());
    parameters.put("texts", Texts.of(request));
    // A browser asks the policy again about where a file's address redirects it to.
    String store = site.store().map(origin -> " " + origin).orElse("");
    policy =
        new StringBuilder(POLICY)
            .append(" img-src 'self' data: blob:")
            .append(store)
            .append("; media-src 'self' blob:")
            .append(store)
            .append("; form-action 'self'"); // formsLeadTo adds to the last.
  }

  /** Gives the template a parameter. */
  PageTemplate with(String name, Object value) {
    parameters.put(name, value);
    return this;
  }

  /** The HTTP status, 200 when not said. */
  PageTemplate status(int status) {
    this.status = status;
    return this;
  }

  /** Lets forms of the page lead to another origin, too, even by a redirect. */
  PageTemplate formsLeadTo(String origin) {
    policy.append(' ').append(origin);
    return this;
  }

  static void render(String template, Map<String, Object> parameters, StringOutput html) {
    TEMPLATES.render(template + ".jte", parameters, html);
  }

  /**
   * Makes browsers send the page's origin, and no more of its address, with its forms, as a token
   * may require it. With {@code no-referrer} it would be {@code null}.
   */
  PageTemplate formsTellOrigin() {
    referrerPolicy = "strict-origin";
    return this;
  }

  void send(HttpServletResponse response) throws IOException {
    StringOutput html = new StringOutput();
    render(template, parameters, html);
    byte[] body = html.toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/html; charset=utf-8");
    response.setHeader("Content-Security-Policy", policy.toString());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", referrerPolicy);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
