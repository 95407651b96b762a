package slipway.http.tag;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.TagLists;

/** {@code tag/related}: the tags that photos with a tag have besides, the most common first. */
public final class RelatedTags extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 100;

  private final transient TagLists tags;
  private final transient Parameter<String> tag;

  /** The method, with the parts it works on. */
  public RelatedTags(Api api, TagLists tags, TextParameters texts) {
    super(api, PermissionLevel.ANONYMOUS);
    this.tags = tags;
    this.tag = texts.tag("tag").alias("name").required("the name of a tag").words("The tag.");
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(List.of(tag), Paging.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    String name =
        tags.find(tag.of(parameters))
            .orElseThrow(() -> new ApiException(ErrorCode.NO_SUCH_TAG, "No photo has this tag."));
    Paging paging = Paging.of(parameters);
    List<TagLists.TagCount> related = tags.related(name, MOST);
    return paging.reply(
        "The related tags are listed",
        "relatedtags",
        TagItem.of("relatedtag", paging.cut(related), call.site()),
        related.size());
  }
}
