package slipway.http.comment;

import java.util.List;
import java.util.Optional;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.VisiblePhoto;
import slipway.photo.Page;
import slipway.photo.comment.Comment;
import slipway.photo.comment.CommentFilter;
import slipway.photo.comment.CommentMode;
import slipway.photo.comment.Comments;

/**
 * {@code comment/list}: the comments that are shown and, for callers who may approve, those that
 * wait.
 */
public final class ListComments extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> OBJECT =
      Parameter.id("object_id").words("Only comments on this photo.");
  private static final Parameter<Long> COMMENT =
      Parameter.id("comment_id").words("Only this comment.");
  private static final Parameter<Long> USER =
      Parameter.id("comment_user_id").words("Only comments by this user.");
  private static final Parameter<Boolean> WAITING =
      Parameter.flag("include_unapproved_p")
          .orElse(false)
          .words(
              "1: also comments that wait for approval, and those on unpublished photos; requires"
                  + " level write.");
  private static final Parameter<Boolean> APPROVED =
      Parameter.flag("approved_p")
          .words("1: only approved comments; 0: only those that wait; requires level write.");
  private static final Parameter<Boolean> ORDER = Paging.order().orElse(false);

  private final transient CommentMode mode;
  private final transient VisiblePhoto visible;
  private final transient Comments comments;

  /** The method, with the parts it works on. */
  public ListComments(Api api, CommentMode mode, VisiblePhoto visible, Comments comments) {
    super(api, PermissionLevel.ANONYMOUS);
    this.mode = mode;
    this.visible = visible;
    this.comments = comments;
  }

  @Override
  protected boolean isLong() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(
            OBJECT,
            CommentParameter.OBJECT_TYPE,
            COMMENT,
            USER,
            WAITING,
            APPROVED,
            ORDER,
            Parameter.refused("object_user_id", "list the comments on one photo, or all comments"),
            Parameter.refused("replies_to_user_id", "comments have no replies"),
            Parameter.refused("cover_photo_format", "it is always quad50"),
            Parameter.refused("search", "comments cannot be searched")),
        Paging.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    CommentParameter.check(mode);
    Parameters parameters = call.parameters();
    CommentParameter.OBJECT_TYPE.of(parameters);
    Caller caller = call.caller();
    Optional<Boolean> approved = APPROVED.find(parameters);
    boolean waiting = WAITING.of(parameters) || approved.isPresent();
    if (waiting && !caller.level().includes(PermissionLevel.WRITE)) {
      throw ApiException.denied(PermissionLevel.WRITE, caller);
    }
    Optional<Long> photo = OBJECT.find(parameters);
    if (photo.isPresent()) {
      visible.check(photo.get(), caller);
    }
    CommentFilter filter =
        new CommentFilter(
            photo.orElse(null),
            COMMENT.find(parameters).orElse(null),
            USER.find(parameters).orElse(null),
            waiting,
            approved.orElse(null));
    Paging paging = Paging.of(parameters);
    Page<Comment> page =
        comments.page(filter, ORDER.of(parameters), paging.size(), paging.offset());
    List<Reply.Item> items =
        page.items().stream().map(comment -> CommentItem.of(comment, call)).toList();
    return paging.reply("The comments are listed", "comments", items, page.total());
  }
}
