package slipway.http.tag;

import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.Page;
import slipway.photo.TagLists;

/** {@code tag/list}: the tags of published photos, and how many have each. */
public final class ListTags extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TagLists tags;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public ListTags(Api api, TagLists tags, TextParameters texts) {
    super(api, PermissionLevel.ANONYMOUS);
    this.tags = tags;
    this.texts = texts;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Paging paging = Paging.of(parameters);
    TagLists.Order order = Paging.orderBy(parameters, TagLists.Order.TAG);
    boolean ascending = Paging.ascending(parameters, order == TagLists.Order.TAG);
    Page<TagLists.TagCount> page =
        tags.page(
            texts.tag(parameters, "search"), order, ascending, paging.size(), paging.offset());
    return paging.reply(
        "The tags are listed", "tags", TagItem.of("tag", page.items(), call.site()), page.total());
  }
}
