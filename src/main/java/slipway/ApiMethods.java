package slipway;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import slipway.http.Api;
import slipway.http.photo.FormLimits;
import slipway.http.photo.GetUploadToken;
import slipway.http.photo.RedeemUploadToken;
import slipway.http.photo.ReturnUrls;
import slipway.upload.MultipartReader;
import slipway.upload.Redemptions;
import slipway.upload.Rules;

/** Registers the methods of the API, each at {@code /api/<object>/<method>}. */
final class ApiMethods {
  private static final int PART_HEADER_BYTES = 16 << 10;

  private final ServletContext context;
  private final Settings settings;
  private final Stores stores;
  private final Api api;

  ApiMethods(ServletContext context, Settings settings, Stores stores) {
    this.context = context;
    this.settings = settings;
    this.stores = stores;
    Settings.Site site = settings.site();
    this.api =
        new Api(
            stores.credentials(), site.baseUrl(), site.name(), site.isPublic(), site.always200());
  }

  void register() {
    uploadTokens();
  }

  private void uploadTokens() {
    add(
        "photo/get-upload-token",
        new GetUploadToken(
            api,
            stores.tokens(),
            stores.users(),
            stores.albums(),
            new ReturnUrls(settings.tokens().returnHosts()),
            rules(),
            stores.clock()));
    add("photo/redeem-upload-token", new RedeemUploadToken(api, redemptions(), form()));
  }

  private Redemptions redemptions() {
    return new Redemptions(stores.tokens(), stores.media(), stores.completion(), rules());
  }

  private Rules rules() {
    return new Rules(settings.uploads().maxBytes(), settings.uploads().types());
  }

  private FormLimits form() {
    Settings.Uploads uploads = settings.uploads();
    return new FormLimits(
        new MultipartReader.Limits(uploads.formParts(), PART_HEADER_BYTES, uploads.fieldBytes()),
        uploads.readOffBytes(),
        uploads.readOffSeconds() * 1000);
  }

  private void add(String name, HttpServlet method) {
    context.addServlet(name, method).addMapping("/api/" + name);
  }
}
