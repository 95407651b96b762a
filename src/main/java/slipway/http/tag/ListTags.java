package slipway.http.tag;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.Page;
import slipway.photo.TagLists;

/** {@code tag/list}: the tags of published photos, and how many have each. */
public final class ListTags extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<TagLists.TagOrder> ORDER_BY =
      Paging.orderBy(TagLists.TagOrder.TAG);
  private static final Parameter<Boolean> ORDER = Paging.order();
  private static final Parameter<Boolean> REFORMAT =
      Parameter.flag("reformat_tags_p")
          .orElse(false)
          .words("1: machine tags as people write them, people:Santa-Claus as Santa Claus.");
  private static final Parameter<Boolean> NO_MACHINE_TAGS =
      Parameter.flag("exclude_machine_tags_p")
          .orElse(false)
          .words("1: without machine tags, which have a colon, such as product:1234.");

  private final transient TagLists tags;
  private final transient Parameter<String> search;

  /** The method, with the parts it works on. */
  public ListTags(Api api, TagLists tags, TextParameters texts) {
    super(api, PermissionLevel.ANONYMOUS);
    this.tags = tags;
    this.search = texts.tag("search").words("Only tags that begin with this text, ignoring case.");
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(search, REFORMAT, NO_MACHINE_TAGS, ORDER_BY, ORDER), Paging.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Paging paging = Paging.of(parameters);
    TagLists.TagOrder order = ORDER_BY.of(parameters);
    boolean ascending = ORDER.find(parameters).orElse(order == TagLists.TagOrder.TAG);
    Page<TagLists.TagCount> page =
        tags.page(
            search.of(parameters),
            !NO_MACHINE_TAGS.of(parameters),
            order,
            ascending,
            paging.size(),
            paging.offset());
    List<Reply.Item> items =
        REFORMAT.of(parameters)
            ? TagItem.reformatted(page.items(), call.site())
            : TagItem.of("tag", page.items(), call.site());
    return paging.reply("The tags are listed", "tags", items, page.total());
  }
}
