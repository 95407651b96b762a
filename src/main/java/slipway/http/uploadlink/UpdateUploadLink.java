package slipway.http.uploadlink;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.uploadtoken.TokenScope;
import slipway.token.link.KeptLink;
import slipway.token.link.UploadLink;
import slipway.token.link.UploadLinks;

/**
 * {@code upload-link/update}: changes a link that is not revoked, even one that has ended. Missing
 * parameters leave it as it is. Tokens that it has issued stay unchanged, except for the link's end
 * and totals.
 */
public final class UpdateUploadLink extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient UploadLinks links;
  private final transient LinkParameters parameters;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public UpdateUploadLink(Api api, UploadLinks links, LinkParameters parameters, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.links = links;
    this.parameters = parameters;
    this.clock = clock;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(
            LinkParameter.ID,
            Parameter.refused("user_id", "it cannot be changed after upload-link/create")),
        parameters.all());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String id = LinkParameter.of(call.parameters());
    UnaryOperator<UploadLink> change = parameters.parse(call.parameters());
    Long whose = TokenScope.of(call.caller());
    KeptLink kept = LinkParameter.required(links.change(id, whose, change), whose);
    return Reply.of(
        "The upload link was updated", "uploadlink", LinkFields.of(kept, clock.instant(), call));
  }
}
