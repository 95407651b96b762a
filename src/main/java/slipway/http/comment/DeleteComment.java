package slipway.http.comment;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.comment.Comments;

/** {@code comment/delete}: deletes a comment. */
public final class DeleteComment extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Comments comments;

  /** The method, with the part it works on. */
  public DeleteComment(Api api, Comments comments) {
    super(api, PermissionLevel.WRITE);
    this.comments = comments;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(CommentParameter.ID);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    if (!comments.delete(CommentParameter.ID.of(call.parameters()))) {
      throw CommentParameter.missing();
    }
    return Reply.of("The comment was deleted");
  }
}
