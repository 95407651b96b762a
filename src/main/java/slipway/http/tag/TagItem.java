package slipway.http.tag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.http.Reply;
import slipway.http.SiteFields;
import slipway.photo.TagLists.TagCount;

/** A tag as a list has it. */
final class TagItem {
  private TagItem() {}

  /** The tags, each an element of that name. */
  static List<Reply.Item> of(String element, List<TagCount> tags, SiteFields site) {
    return tags.stream().map(tag -> of(element, tag, site)).toList();
  }

  private static Reply.Item of(String element, TagCount tag, SiteFields site) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("tag", tag.tag());
    attributes.put("count", Long.toString(tag.count()));
    attributes.put(
        "url", site.path() + "/tag?name=" + URLEncoder.encode(tag.tag(), StandardCharsets.UTF_8));
    return new Reply.Item(element, attributes, Map.of());
  }
}
