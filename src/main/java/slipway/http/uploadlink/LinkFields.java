package slipway.http.uploadlink;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.http.ApiCall;
import slipway.token.link.KeptLink;
import slipway.token.link.LinkBounds;
import slipway.token.link.LinkCounts;
import slipway.token.link.UploadLink;

/** The fields of a link in replies to its maker. */
final class LinkFields {
  private LinkFields() {}

  /** The path of a link's page, below that of the application. */
  static String path(String id) {
    return "/drop/" + id;
  }

  static Map<String, String> of(KeptLink kept, Instant now, ApiCall call) {
    UploadLink link = kept.link();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_link", link.id());
    fields.put("url", call.browser().absolute(path(link.id())));
    fields.put("name", link.name());
    fields.put("state", kept.state(now).id());
    put(fields, kept.counts());
    put(fields, link.bounds());
    fields.put("valid_minutes", Integer.toString(link.terms().validMinutes()));
    fields.put("max_uploads", Integer.toString(link.terms().maxUploads()));
    fields.put("publish", link.details().publish() ? "1" : "0");
    fields.put("title", link.details().title());
    fields.put("description", link.details().description().html());
    fields.put("tags", link.details().tags());
    fields.put(
        "album_id", link.details().albumIds().stream().map(String::valueOf).collect(joining(",")));
    fields.put("user_id", text(link.details().userId()));
    fields.put("return_url", link.returnUrl());
    fields.put("credential_id", text(link.issuer().credentialId()));
    fields.put("created_at", Long.toString(kept.createdAt().getEpochSecond()));
    if (link.limits().maxBytes() != null) {
      fields.put("max_bytes", link.limits().maxBytes().toString());
    }
    if (!link.limits().accept().isEmpty()) {
      fields.put("accept", String.join(",", link.limits().accept()));
    }
    return fields;
  }

  private static void put(Map<String, String> fields, LinkCounts counts) {
    fields.put("guests", Long.toString(counts.guests()));
    fields.put("files", Long.toString(counts.files()));
    fields.put("bytes", Long.toString(counts.bytes()));
    fields.put("uploads_in_progress", Long.toString(counts.filesUnderWay()));
  }

  private static void put(Map<String, String> fields, LinkBounds bounds) {
    fields.put("max_guests", Long.toString(bounds.maxGuests()));
    fields.put("max_files", Long.toString(bounds.maxFiles()));
    fields.put("max_total_bytes", Long.toString(bounds.maxTotal()));
    fields.put("valid_until", Long.toString(bounds.validUntil().getEpochSecond()));
    fields.put("password_p", bounds.password() == null ? "0" : "1");
    fields.put("notify", bounds.notified() ? "1" : "0");
  }

  private static String text(Long number) {
    return number == null ? "" : number.toString();
  }
}
