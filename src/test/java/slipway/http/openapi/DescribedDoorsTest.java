package slipway.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import slipway.http.upload.tus.Tus;

class DescribedDoorsTest {
  @Test
  void theDocumentHasTheMethodsThatTusAnswers() {
    JsonObject paths = Description.document().getAsJsonObject("paths");
    Set<String> described = new HashSet<>();
    for (String path : Set.of("/files/", "/files/{id}")) {
      described.addAll(paths.getAsJsonObject(path).keySet());
    }
    described.removeAll(Set.of("parameters", "options"));
    assertThat(described)
        .isEqualTo(
            Tus.DOOR.methods().stream()
                .map(method -> method.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
  }
}
