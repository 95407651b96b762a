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

  /** The tags, each as an element of that name. */
  static List<Reply.Item> of(String element, List<TagCount> tags, SiteFields site) {
    return tags.stream().map(tag -> of(element, tag, site)).toList();
  }

  /** The tags of a list, machine tags as people write them. */
  static List<Reply.Item> reformatted(List<TagCount> tags, SiteFields site) {
    return tags.stream().map(tag -> of("tag", tag, MachineTag.pretty(tag.tag()), site)).toList();
  }

  private static Reply.Item of(String element, TagCount tag, SiteFields site) {
    return of(element, tag, tag.tag(), site);
  }

  private static Reply.Item of(String element, TagCount tag, String name, SiteFields site) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("tag", name);
    attributes.put("count", Long.toString(tag.count()));
    attributes.put(
        "url", site.path() + "/tag?name=" + URLEncoder.encode(tag.tag(), StandardCharsets.UTF_8));
    return new Reply.Item(element, attributes, Map.of());
  }
}
