package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static JsonObject read(String text) throws IOException {
    return Json.read(new StringReader(text));
  }

  @Test
  void readsEveryKindOfValue() throws IOException {
    String text = "{\"a\":{\"b\":[1,\"two\",true,null,[],{}]},\"c\":-1.5}";
    assertThat(read(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"b\":[{\"a\":1,\"b\":{},\"a\":{}}]}"})
  void refusesANameThatStandsTwice(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("The name a appears twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1} {}", "{'a':1}", "{\"a\":1,}", "{\"a\":[1", "[]", ""})
  void refusesWhatIsNoObject(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOfAny(IOException.class, RuntimeException.class);
  }
}
