package slipway.http.oembed;

import com.google.gson.JsonObject;
import org.jsoup.nodes.Element;
import slipway.details.LegalText;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionSize.Dimensions;
import slipway.photo.RenditionState;
import slipway.photo.WebVideo;

/** The oEmbed description of a photo that another site shows (oembed.com, 2.3.4). */
final class EmbeddedPhoto {
  private static final OembedBounds THUMBNAIL = new OembedBounds(600, 600);

  private final String site;

  /** On the site of that name. */
  EmbeddedPhoto(String site) {
    this.site = site;
  }

  /** Only a link, if nothing can be shown yet, or within these bounds. */
  JsonObject of(ListedPhoto listed, OembedBounds bounds, String origin) {
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.addProperty("type", "link");
    json.addProperty("provider_name", site);
    json.addProperty("provider_url", origin + "/");
    json.addProperty("title", LegalText.of(listed.photo().title()));
    String owner = listed.ownerName();
    if (!owner.isEmpty()) {
      json.addProperty("author_name", LegalText.of(owner));
      json.addProperty("author_url", origin + "/user/" + listed.photo().userId());
    }
    if (canBeShown(listed)) {
      thumbnail(json, listed, origin);
      if (listed.photo().isVideo()) {
        video(json, listed, bounds, origin);
      } else {
        picture(json, listed, bounds, origin);
      }
    }
    return json;
  }

  private static boolean canBeShown(ListedPhoto listed) {
    Photo photo = listed.photo();
    return !photo.isHeld()
        && listed.renditions().state() == RenditionState.DONE
        && photo.width() != null
        && photo.height() != null;
  }

  private static void thumbnail(JsonObject json, ListedPhoto listed, String origin) {
    THUMBNAIL
        .largest(listed)
        .ifPresent(
            size -> {
              Dimensions own = OembedBounds.dimensions(listed, size);
              json.addProperty("thumbnail_url", origin + listed.photo().path(size.id()));
              json.addProperty("thumbnail_width", own.width());
              json.addProperty("thumbnail_height", own.height());
            });
  }

  private static void picture(
      JsonObject json, ListedPhoto listed, OembedBounds bounds, String origin) {
    RenditionSize size = bounds.largest(listed).orElse(RenditionSize.SMALL);
    Dimensions own = OembedBounds.dimensions(listed, size);
    json.addProperty("type", "photo");
    json.addProperty("url", origin + listed.photo().path(size.id()));
    sized(json, bounds.fit(own.width(), own.height()));
  }

  private static void video(
      JsonObject json, ListedPhoto listed, OembedBounds bounds, String origin) {
    Photo photo = listed.photo();
    Dimensions size = bounds.fit(photo.width(), photo.height());
    String file = listed.renditions().video().isMade() ? WebVideo.NAME : "original";
    json.addProperty("type", "video");
    sized(json, size);
    json.addProperty(
        "html",
        new Element("video")
            .attr("src", origin + photo.path(file))
            .attr("poster", origin + photo.path(RenditionSize.LARGE.id()))
            .attr("width", Integer.toString(size.width()))
            .attr("height", Integer.toString(size.height()))
            .attr("controls", true)
            .attr("preload", "none")
            .attr("title", LegalText.of(photo.title()))
            .outerHtml());
  }

  private static void sized(JsonObject json, Dimensions size) {
    json.addProperty("width", size.width());
    json.addProperty("height", size.height());
  }
}
