package slipway.http.license;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.license.License;

/** {@code license/list}: the licences that photos may be under. */
public final class ListLicenses extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** The method. */
  public ListLicenses(Api api) {
    super(api, PermissionLevel.ANONYMOUS);
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Paging.PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Paging paging = Paging.of(call.parameters());
    List<License> all = List.of(License.values());
    List<Reply.Item> items = paging.cut(all).stream().map(ListLicenses::item).toList();
    return paging.reply("The licences are listed", "licenses", items, all.size());
  }

  private static Reply.Item item(License license) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("license_id", LicenseParameter.id(license));
    fields.put("name", license.title());
    fields.put("url", license.url());
    return new Reply.Item("license", fields, Map.of());
  }
}
