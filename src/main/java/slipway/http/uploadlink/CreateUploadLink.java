package slipway.http.uploadlink;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Owner;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.user.Users;
import slipway.token.Issuer;
import slipway.token.IssuerRevokedException;
import slipway.token.link.UploadLink;
import slipway.token.link.UploadLinks;

/** {@code upload-link/create}: creates an upload link for many guests. */
public final class CreateUploadLink extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient UploadLinks links;
  private final transient LinkParameters parameters;
  private final transient Users users;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public CreateUploadLink(
      Api api, UploadLinks links, LinkParameters parameters, Users users, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.links = links;
    this.parameters = parameters;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(
            Owner.ID.words(
                "Owner of the uploads; only a super caller may choose, for others it is their"
                    + " own user.")),
        parameters.all());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Issuer issuer = Issuer.of(call.caller().credentialId(), call.caller().userId());
    Long owner = Owner.of(call.parameters(), call.caller(), users);
    UploadLink link = parameters.parse(call.parameters()).apply(parameters.blank(owner, issuer));
    try {
      links.add(link);
    } catch (IssuerRevokedException e) {
      throw new ApiException(ErrorCode.PERMISSION_DENIED, e.getMessage() + ".")
          .withStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
    return Reply.of(
        "The upload link was created",
        "uploadlink",
        LinkFields.of(links.find(link.id()).orElseThrow(), clock.instant(), call));
  }
}
