package slipway.http.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.http.Reply;
import slipway.photo.TagLists.TagCount;

/** A tag as a list has it. */
final class TagItem {
  private TagItem() {}

  static List<Reply.Item> of(List<TagCount> tags) {
    return tags.stream().map(TagItem::of).toList();
  }

  private static Reply.Item of(TagCount tag) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("tag", tag.tag());
    attributes.put("count", Long.toString(tag.count()));
    return new Reply.Item("tag", attributes, Map.of());
  }
}
