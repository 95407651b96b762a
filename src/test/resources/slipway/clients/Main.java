import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.JSON;
import org.openapitools.client.api.PhotoApi;
import org.openapitools.client.model.ErrorReply;
import org.openapitools.client.model.PhotoGetUploadTokenReply;
import org.openapitools.client.model.PhotoListReply;
import org.openapitools.client.model.PhotoRedeemUploadTokenReply;

/** Issues, uploads, lists and reads an error with the generated client. */
public class Main {
  public static void main(String[] args) throws Throwable {
    ApiClient client = new ApiClient();
    client.setBasePath(args[0]);
    client.setBearerToken(args[1]);
    PhotoApi photos = new PhotoApi(client);
    var issued =
        (PhotoGetUploadTokenReply)
            call(
                photos,
                "postPhotoGetUploadToken",
                Map.of("returnUrl", URI.create("http://a.test/"), "maxBytes", 5_000_000_000L));
    System.out.println("issued " + issued.getUploadtoken().getMaxBytes());
    var redeemed =
        (PhotoRedeemUploadTokenReply)
            call(
                photos,
                "postPhotoRedeemUploadToken",
                Map.of(
                    "uploadToken",
                    issued.getUploadtoken().getUploadToken(),
                    "file",
                    new File(args[2])));
    System.out.println("uploaded " + redeemed.getUpload().getPhotoId());
    var list = (PhotoListReply) call(photos, "getPhotoList", Map.of("size", 1));
    System.out.println("listed " + list.getPhotos().get(0).getPhotoId());
    try {
      call(photos, "getPhotoList", Map.of("photoId", 999_999_999L));
    } catch (ApiException e) {
      ErrorReply error = JSON.getGson().fromJson(e.getResponseBody(), ErrorReply.class);
      System.out.println("error " + e.getCode() + " " + error.getCode());
    }
  }

  /** By the names of the parameters, in whatever order the method has them. */
  private static Object call(Object api, String name, Map<String, Object> arguments)
      throws Throwable {
    Method method =
        Stream.of(api.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    Object[] values =
        Stream.of(method.getParameters())
            .map(each -> each.getName().replaceFirst("^_", ""))
            .map(each -> each.equals("format") ? "json" : arguments.get(each))
            .toArray();
    try {
      return method.invoke(api, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
