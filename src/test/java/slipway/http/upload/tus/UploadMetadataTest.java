package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.http.ApiException;

class UploadMetadataTest {
  private static String pair(String key, String value) {
    return key + " " + TusClient.base64(value);
  }

  @Test
  void readsTokenNameAndWhatThePageAdded() throws ApiException {
    UploadMetadata metadata =
        UploadMetadata.parse(
            String.join(
                ",",
                pair("upload_token", " secret "),
                pair("filename", "cat, 🐈 = 1.jpg"),
                pair("filetype", "image/jpeg"),
                pair("ticket", "a b&c")));
    assertThat(metadata.token()).isEqualTo("secret");
    assertThat(metadata.filename()).isEqualTo("cat, 🐈 = 1.jpg");
    assertThat(metadata.echoed()).containsExactly(Map.entry("ticket", "a b&c"));
  }

  @Test
  void hasALimit() throws ApiException {
    String most = "a " + "A".repeat(8188);
    assertThat(UploadMetadata.parse(most + "  ").echoed()).hasSize(1);
    assertThatThrownBy(() -> UploadMetadata.parse(most + "AAAA"))
        .hasMessage("The header Upload-Metadata must have at most 8192 characters.");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "   "})
  void isEmptyWhereNothingIsSaid(String header) throws ApiException {
    UploadMetadata metadata = UploadMetadata.parse(header);
    assertThat(metadata.token()).isEmpty();
    assertThat(metadata.filename()).isEmpty();
    assertThat(metadata.header()).isEmpty();
    assertThat(metadata.echoed()).isEmpty();
  }

  /** 0xF8 is no UTF-8. */
  @Test
  void takesNoOtherBytesThanUtf8ButForTheNameOfTheFile() throws ApiException {
    assertThatThrownBy(() -> UploadMetadata.parse("filename YQ==,city +A=="))
        .hasMessage("The key city of the header Upload-Metadata must be UTF-8 in base64.");
    assertThat(UploadMetadata.parse("filename YfhiLmpwZw==").filename()).isEqualTo("a\uFFFDb.jpg");
  }

  @Test
  void takesAKeyWithoutAValue() throws ApiException {
    for (String header : new String[] {"is_private", "is_private ", " is_private , a YQ=="}) {
      assertThat(UploadMetadata.parse(header).echoed()).contains(Map.entry("is_private", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename Y2F0LmpwZw", // without its padding, as some clients write it
        "filename Y2F0LmpwZw==",
        "filename   Y2F0LmpwZw==",
        "a YQ==, filename Y2F0LmpwZw==",
        "name Y2F0LmpwZw=="
      })
  void takesWhatClientsWrite(String header) throws ApiException {
    assertThat(UploadMetadata.parse(header).filename()).isEqualTo("cat.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename Y2F0!mpwZw==",
        "filename Y2F0Lmpw Zw==",
        "filename Y",
        "filename Y2F0LmpwZw===",
        "filename Y2F0LmpwZw==,,a YQ==",
        ",filename Y2F0LmpwZw==",
        "filename Y2F0LmpwZw==,filename ZG9nLmpwZw==",
        "upload_token YQ==,upload_token Yg=="
      })
  void refusesWhatIsMalformed(String header) {
    assertThatThrownBy(() -> UploadMetadata.parse(header))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Upload-Metadata");
  }

  @Test
  void repeatsTheFieldsOfTheFormThatThePageHas() throws ApiException {
    String fields =
        "navn+p%C3%A5+skib=Bl%C3%A5%0D%0A%26&upload_token=secret&format=json&filename=x";
    UploadMetadata metadata =
        UploadMetadata.parse(pair("filename", "a.jpg") + "," + pair("form_fields", fields));
    assertThat(metadata.echoed())
        .containsExactly(Map.entry("navn på skib", "Blå\r\n&"), Map.entry("filename", "x"));
    assertThat(metadata.filename()).isEqualTo("a.jpg");
    assertThat(UploadMetadata.parse(metadata.header()).echoed()).isEqualTo(metadata.echoed());
  }

  @Test
  void countsTheFieldsThatThePageLeftOut() throws ApiException {
    UploadMetadata metadata = UploadMetadata.parse(pair("form_fields_omitted", "1001"));
    assertThat(metadata.omitted()).isEqualTo(1001);
    assertThat(metadata.echoed()).isEmpty();
    assertThat(UploadMetadata.parse("").omitted()).isZero();
    for (String count : new String[] {"many", "-1", "1000000", ""}) {
      assertThatThrownBy(() -> UploadMetadata.parse(pair("form_fields_omitted", count)))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("form_fields_omitted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%ZZ", "a=%2"})
  void refusesFieldsThatCouldNotBeRepeated(String fields) {
    assertThatThrownBy(() -> UploadMetadata.parse(pair("form_fields", fields)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("form_fields");
  }

  @Test
  void keepsTheTokenOutOfTheHeaderItTells() throws ApiException {
    UploadMetadata metadata =
        UploadMetadata.parse(
            pair("upload_token", "secret") + "," + pair("filename", "a.jpg") + ",is_private");
    assertThat(metadata.header()).isEqualTo(pair("filename", "a.jpg") + ",is_private");
    assertThat(UploadMetadata.parse(metadata.header()).filename()).isEqualTo("a.jpg");
  }

  @Test
  void keepsOtherSecretsOutOfItToo() throws ApiException {
    String secrets = pair("replace_token", "s") + "," + pair("oauth_token", "s");
    String fields = "a+b=%C3%A6&upload_token=s&password=s&c=";
    UploadMetadata metadata =
        UploadMetadata.parse(
            secrets + "," + pair("form_fields", fields) + "," + pair("ticket", "7"));
    assertThat(metadata.header())
        .isEqualTo(pair("form_fields", "a+b=%C3%A6&c=") + "," + pair("ticket", "7"));
    assertThat(metadata.echoed())
        .containsExactly(Map.entry("ticket", "7"), Map.entry("a b", "æ"), Map.entry("c", ""));
    String plain = pair("form_fields", "a=%20b&c");
    assertThat(UploadMetadata.parse(plain).header()).isEqualTo(plain);
  }
}
