package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** What all methods share. */
@ParameterizedClass
@EnumSource(Container.class)
class ApiFrameIT {
  private static final String ECHO = "/api/echo";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  private Answer send(String method, String path) {
    return api().send(api().request(path).method(method, BodyPublishers.noBody()));
  }

  private static String type(Answer answer) {
    return answer.header("Content-Type").orElse("").replace(" ", "");
  }

  @Test
  void echoesItsParametersInXml() {
    Answer answer = api().post(ECHO, Map.of("apples", "oranges", "foo", "bår", "1 <x/>", "a&b"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(type(answer)).isEqualTo("text/xml;charset=utf-8");
    assertThat(answer.xml("/response/@status")).isEqualTo("ok");
    assertThat(answer.xml("/response/@permission_level")).isEqualTo("anonymous");
    assertThat(answer.xml("/response/apples")).isEqualTo("oranges");
    assertThat(answer.xml("/response/foo")).isEqualTo("bår");
    assertThat(answer.xml("/response/parameter[@name='1 <x/>']/@value")).isEqualTo("a&b");
  }

  @Test
  void echoesItsParametersInJson() {
    Answer answer = api().get(ECHO, Map.of("apples", "orånges", "1 <x/>", "", "format", "json"));
    assertThat(type(answer)).isEqualTo("application/json;charset=utf-8");
    JsonObject json = answer.json();
    assertThat(json.get("endpoint").getAsString()).isEqualTo(ECHO);
    JsonObject echo = json.getAsJsonObject("echo");
    assertThat(echo.get("apples").getAsString()).isEqualTo("orånges");
    assertThat(echo.get("1 <x/>").getAsString()).isEmpty();
  }

  @Test
  void tellsWhichSiteThisIs() {
    String domain = "127.0.0.1:" + Server.shared(container).port();
    Answer xml = api().get("/api/site/get");
    assertThat(xml.xml("/response/domain")).isEqualTo(domain);
    assertThat(xml.xml("/response/site_id")).isEqualTo("1");
    assertThat(xml.xml("/response/site_name")).isEqualTo("Slipway");
    assertThat(xml.xml("/response/product_key")).isEqualTo("slipway");
    JsonObject json = api().get("/api/site/get?format=json").json();
    assertThat(json.getAsJsonObject("site").get("domain").getAsString()).isEqualTo(domain);
  }

  @Test
  void shapesJsonAsAScriptAsksForIt() {
    Answer jsonp = api().get(ECHO + "?format=json&callback=my.site.show");
    assertThat(type(jsonp)).isEqualTo("application/javascript;charset=utf-8");
    assertThat(jsonp.text()).startsWith("/**/my.site.show({").endsWith("});");
    assertThat(jsonp.header("X-Content-Type-Options")).contains("nosniff");
    Answer variable = api().get(ECHO + "?format=json&varname=reply");
    assertThat(type(variable)).isEqualTo("application/javascript;charset=utf-8");
    assertThat(variable.text()).startsWith("var reply = {").endsWith("};");
    Answer member = api().get(ECHO + "?format=json&varname=my.reply");
    assertThat(member.text()).startsWith("my.reply = {").endsWith("};");
    Answer raw = api().get(ECHO + "?format=json&raw");
    assertThat(type(raw)).isEqualTo("text/javascript;charset=utf-8");
    assertThat(raw.json().get("status").getAsString()).isEqualTo("ok");
  }

  @Test
  void writesAddressesInJsonAsTheyAreAndBeginsNoTag() {
    String url = "https://e.test/?a=1&b='2'";
    Answer answer = api().post(ECHO, Map.of("url", url, "x", "</script>", "format", "json"));
    assertThat(answer.text()).contains('"' + url + '"').doesNotContain("<");
    assertThat(answer.json().getAsJsonObject("echo").get("x").getAsString()).isEqualTo("</script>");
  }

  @Test
  void shapesErrorsInTheSameWay() {
    Answer jsonp = api().get("/api/credential/list?format=json&callback=f");
    assertThat(jsonp.status()).isEqualTo(200);
    assertThat(jsonp.text()).startsWith("/**/f({\"status\":\"error\"").endsWith("});");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "callback=alert(1)",
        "callback=a-b",
        "varname=1a",
        "callback=a..b",
        "callback=function",
        "varname=this",
        "callback=new.f"
      })
  void refusesWhatIsNoIdentifier(String parameter) {
    Answer answer = api().get(ECHO + "?format=json&" + parameter);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("message").getAsString())
        .contains("'" + parameter.split("=", -1)[0] + "'");
    assertThat(answer.text()).doesNotContain("alert");
  }

  @Test
  void takesReservedWordsBehindADot() {
    assertThat(api().get(ECHO + "?format=json&callback=this.function").text())
        .startsWith("/**/this.function(");
    assertThat(api().get(ECHO + "?format=json&varname=newest").text()).startsWith("var newest = ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/nothing", "/api/photo/lost", "/api/echo/more", "/api/photo"})
  void saysThatThereIsNoSuchMethod(String path) {
    Answer xml = api().get(path);
    assertThat(xml.status()).as(xml.text()).isEqualTo(404);
    assertThat(xml.xml("/response/@code")).isEqualTo("no_such_method");
    assertThat(xml.xml("/response/@permission_level")).isEqualTo("anonymous");
    Answer json = api().post(path, Map.of("format", "json"));
    assertThat(json.status()).isEqualTo(404);
    assertThat(json.json().get("code").getAsString()).isEqualTo("no_such_method");
    assertThat(json.json().get("endpoint").getAsString()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
  void refusesOtherMethods(String method) {
    Answer answer = send(method, ECHO + "?format=json");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, HEAD, POST, OPTIONS");
    assertThat(answer.json().get("code").getAsString()).isEqualTo("method_not_allowed");
  }

  @Test
  void tellsItsMethodsToOptions() {
    Answer answer = send("OPTIONS", ECHO);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).contains("GET, HEAD, POST, OPTIONS");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%ZZ&format=xml", "%=1", "a=%2"})
  void refusesAFormThatIsNotEncodedAsItMustBe(String form) {
    Answer answer =
        api().post(ECHO, "application/x-www-form-urlencoded", BodyPublishers.ofString(form));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
  }

  @Test
  void refusesABodyOfAnotherKind() {
    Answer answer = api().post(ECHO, "application/json", BodyPublishers.ofString("{}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xml("/response/@message"))
        .startsWith("JSON bodies are not accepted")
        .contains("application/x-www-form-urlencoded", "multipart/form-data");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    String large = "a=" + "b".repeat(1 << 20);
    Answer form =
        api().post(ECHO, "application/x-www-form-urlencoded", BodyPublishers.ofString(large));
    assertThat(form.status()).isEqualTo(413);
    assertThat(form.xml("/response/@code")).isEqualTo("too_large");
    Answer multipart = api().post(ECHO, new Multipart().field("a", large));
    assertThat(multipart.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dTpw", "Bearer", "Bearer unknown", "Nonsense", "OAuth"})
  void challengesWhoShowsNoGoodCredential(String authorization) {
    Answer answer =
        api().send(api().request(ECHO + "?format=json").header("Authorization", authorization));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(challenge -> challenge.startsWith("Bearer "));
    assertThat(answer.json().get("code").getAsString()).isEqualTo("permission_denied");
  }
}
