package slipway.http.tag;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Paging;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.TagLists;

/** {@code tag/related}: the tags that photos with a tag have besides, the most common first. */
public final class RelatedTags extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 100;

  private final transient TagLists tags;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public RelatedTags(Api api, TagLists tags, TextParameters texts) {
    super(api, PermissionLevel.ANONYMOUS);
    this.tags = tags;
    this.texts = texts;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    String tag = texts.tag(parameters, "name");
    if (tag.isEmpty()) {
      tag = texts.tag(parameters, "tag");
    }
    if (tag.isEmpty()) {
      throw ApiException.invalid("tag", "a tag");
    }
    String name =
        tags.find(tag)
            .orElseThrow(() -> new ApiException(ErrorCode.NO_SUCH_TAG, "No photo has this tag."));
    Paging paging = Paging.of(parameters);
    List<TagLists.TagCount> related = tags.related(name, MOST);
    List<TagLists.TagCount> page =
        related.stream().skip(paging.offset()).limit(paging.size()).toList();
    return paging.reply(
        "The related tags are listed",
        "relatedtags",
        TagItem.of("relatedtag", page, call.site()),
        related.size());
  }
}
