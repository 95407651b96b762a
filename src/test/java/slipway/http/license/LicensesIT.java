package slipway.http.license;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class LicensesIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  private String licenseOf(String photo) {
    return site().call("photo/list", "photo_id", photo).xml("/response/photo/@license_id");
  }

  @Test
  void listsTheLicensesInXmlAndJson() {
    Answer xml = site().visit("license/list");
    assertThat(xml.xml("/response/@total_count")).isEqualTo("8");
    assertThat(xml.xml("/response/license[1]/@license_id")).isEqualTo("0");
    assertThat(xml.xml("/response/license[1]/@url")).isEmpty();
    assertThat(xml.xml("/response/license[@license_id='4']/@name"))
        .isEqualTo("Attribution License");
    JsonArray json =
        ApiClient.of(site().server())
            .get("/api/license/list", Map.of("format", "json", "p", "2", "size", "5"))
            .json()
            .getAsJsonArray("licenses");
    assertThat(json).hasSize(3);
    JsonObject last = json.get(2).getAsJsonObject();
    assertThat(last.get("license_id").getAsString()).isEqualTo("6");
    assertThat(last.get("url").getAsString())
        .isEqualTo("https://creativecommons.org/licenses/by-nd/3.0/");
  }

  @Test
  void putsPhotosUnderALicense() {
    String photo = site().photo("license_id", "4");
    assertThat(licenseOf(photo)).isEqualTo("4");
    site().make("photo/update", "@status", "photo_id", photo, "title", "Sea");
    assertThat(licenseOf(photo)).isEqualTo("4");
    site().make("photo/update", "@status", "photo_id", photo, "license_id", "100");
    assertThat(licenseOf(photo)).isEqualTo("100");
    site().make("photo/update", "@status", "photo_id", photo, "license_id", "0");
    assertThat(licenseOf(photo)).isEqualTo("0");
    assertThat(licenseOf(site().photo())).isEqualTo("0");
  }

  @Test
  void listsPhotosByTheirLicense() {
    String tag = unique("t");
    String free = site().photo("license_id", "5", "tags", tag);
    String other = site().photo("license_id", "6", "tags", tag);
    String none = site().photo("tags", tag);
    assertThat(listed("tags", tag, "license_id", "5")).containsExactly(free);
    assertThat(listed("tags", tag, "license_id", "0")).containsExactly(none);
    assertThat(listed("tags", tag, "license_id", "")).containsExactly(none, other, free);
    site().make("photo/delete", "@status", "photo_id", free);
    assertThat(listed("tags", tag, "license_id", "5")).isEmpty();
  }

  private Iterable<String> listed(String... filters) {
    return site().visited("photo/list", "photos", "photo_id", filters);
  }

  @Test
  void refusesALicenseThatIsNotThere() {
    String photo = site().photo();
    site().assertRefused("invalid_input", 400, "photo/list", "license_id", "7");
    site()
        .assertRefused("invalid_input", 400, "photo/update", "photo_id", photo, "license_id", "-1");
    assertThat(site().call("photo/list", "license_id", "x").xml("/response/@message"))
        .contains("'license_id'", "0, 100, 1, 2, 3, 4, 5, 6");
  }

  @Test
  void namesTheLicenseOnThePhotosPage() {
    String text = "href=\"https://creativecommons.org/licenses/by-sa/3.0/\"";
    ApiClient visitor = ApiClient.of(site().server());
    String free = site().photo("license_id", "5");
    assertThat(visitor.get("/photo/" + free).text())
        .contains("rel=\"license\"", text, "Attribution-ShareAlike License");
    assertThat(visitor.get("/photo/" + site().photo()).text()).doesNotContain("rel=\"license\"");
  }
}
