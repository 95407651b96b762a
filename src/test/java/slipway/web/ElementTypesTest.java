package slipway.web;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import slipway.harness.Docs;

/** The types of {@code clients/npm}, its README and the docs are those of the element's modules. */
class ElementTypesTest {
  private static final Path PACKAGE = Path.of("clients/npm");
  private static final Path MODULES = Path.of("webapp/assets/slipway-upload");

  /** What the browser calls. */
  private static final Set<String> OF_THE_BROWSER =
      Set.of("constructor", "connectedCallback", "disconnectedCallback");

  private static String types() throws IOException {
    return Files.readString(PACKAGE.resolve("types/element.d.ts"));
  }

  private static String module(String name) throws IOException {
    return Files.readString(MODULES.resolve(name + ".js"));
  }

  /** What a group of an expression finds, each once. */
  private static Set<String> all(String expression, String text) {
    return Pattern.compile(expression, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A declaration of the types, from its name to its end. */
  private static String declared(String name) throws IOException {
    String expression =
        "(?s)(?:interface|class) %1$s\\b.*?\\n\\}|type %1$s =.*?;\\n".formatted(name);
    var found = Pattern.compile(expression).matcher(types());
    assertThat(found.find()).as(name).isTrue();
    return found.group();
  }

  private static Set<String> rows(Docs docs, int column) {
    return all("^\\|(?:[^|]*\\|){" + column + "} `([a-zA-Z-]+)`", docs.text());
  }

  private static String property(String attribute) {
    return Pattern.compile("-(\\w)")
        .matcher(attribute)
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  @Test
  void haveTheAttributesOfTheDocs() throws IOException {
    Set<String> typed = all("^  '?([a-z-]+)'?\\?:", declared("SlipwayUploadAttributes"));
    assertThat(typed).hasSizeGreaterThan(10);
    String declared = module("attributes").replaceAll("(?s)/\\*\\* Whether a flag.*", "");
    Set<String> read = all("'([a-z-]+)'", declared);
    read.add("lang");
    assertThat(typed).isEqualTo(read);
    Docs table = Docs.page("uploader").section("## The uploader on your own page");
    assertThat(rows(table, 0)).isEqualTo(read);
    Docs section = ElementPackage.readme().section("## Attributes");
    assertThat(rows(section, 0)).isEqualTo(read);
    Set<String> properties =
        read.stream()
            .map(ElementTypesTest::property)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows(section, 1)).isEqualTo(properties);
    properties.remove("lang");
    assertThat(all("^  (\\w+): [^;]*;$", declared("SlipwayUpload"))).isEqualTo(properties);
  }

  @Test
  void haveTheMethodsOfTheElement() throws IOException {
    Set<String> there = all("^  (?:async )?(\\w+)\\([^\\n]*\\) \\{$", module("element"));
    there.removeAll(OF_THE_BROWSER);
    there.remove("texts");
    Set<String> typed = all("^  (\\w+)\\([^()\n]*\\): void;$", declared("SlipwayUpload"));
    assertThat(typed).isEqualTo(there).contains("add", "start");
    assertThat(all("^  get (\\w+)\\(", module("element"))).containsExactly("texts", "uploads");
  }

  @Test
  void haveTheEventsThatAreDispatched() throws IOException {
    Set<String> dispatched =
        all("#(?:tell|dispatch)\\('(\\w+)'", module("news")).stream()
            .map(name -> "slipway-" + name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(dispatched).hasSize(3);
    assertThat(all("^  '([a-z-]+)'", declared("SlipwayUploadEventMap"))).isEqualTo(dispatched);
    assertThat(all("^- `(slipway-[a-z]+)`", Docs.page("uploader").text())).isEqualTo(dispatched);
    assertThat(rows(ElementPackage.readme().section("## Events and methods"), 0))
        .isEqualTo(dispatched);
    String vue = Files.readString(PACKAGE.resolve("types/vue.d.ts"));
    assertThat(all("SlipwayUploadEventMap\\['([a-z-]+)'\\]", vue)).isEqualTo(dispatched);
    for (String event : dispatched) {
      assertThat(vue)
          .contains(property("on-" + event) + "?: ((event: SlipwayUploadEventMap['" + event);
    }
  }

  @Test
  void haveTheStatesAndCodesThatEventsTell() throws IOException {
    String item = module("item");
    Set<String> states = all("#to\\('(\\w+)'\\)", item);
    states.addAll(all("^  state = '(\\w+)'", item));
    assertThat(all("'(\\w+)'", declared("UploadState"))).isEqualTo(states).hasSize(7);

    String codes = module("failure").replaceAll("(?s)^.*?const CODES = \\[|\\];.*", "");
    Set<String> told = all("'(\\w+)'", codes);
    assertThat(told).hasSizeGreaterThan(10);
    try (Stream<Path> modules = Files.list(MODULES).filter(Files::isRegularFile)) {
      for (Path module : modules.toList()) {
        told.addAll(all("new Failure\\('(\\w+)'", Files.readString(module)));
      }
    }
    assertThat(all("'(\\w+)'", declared("UploadErrorCode"))).isEqualTo(told);
  }

  @Test
  void areOfTheVersionAndLicenceOfTheServer() throws IOException {
    JsonObject told =
        JsonParser.parseString(Files.readString(PACKAGE.resolve("package.json"))).getAsJsonObject();
    String version =
        all(
                "<artifactId>slipway</artifactId>\\s*<version>([^<]+)<",
                Files.readString(Path.of("pom.xml")))
            .iterator()
            .next();
    // npm wants three numbers.
    String ofThree = version.replaceFirst("^(\\d+\\.\\d+)(?=-|$)", "$1.0");
    assertThat(told.get("version").getAsString()).isEqualTo(ofThree);
    for (Docs each : new Docs[] {ElementPackage.readme(), Docs.page("uploader")}) {
      assertThat(each.text()).contains("/slipway-upload-" + ofThree + ".tgz");
    }
    assertThat(told.get("license").getAsString()).isEqualTo("Apache-2.0");
    try (Stream<String> licence = Files.lines(Path.of("LICENSE"))) {
      assertThat(licence.limit(5).collect(joining())).contains("Apache License", "Version 2.0");
    }
  }

  @Test
  void areWhatThePackageSaysItOffers() throws IOException {
    String told = Files.readString(PACKAGE.resolve("package.json"));
    List<String> types = all("\"types\": \"\\./([^\"]+)\"", told).stream().toList();
    assertThat(types).hasSize(5).allMatch(path -> Files.exists(PACKAGE.resolve(path)));
    List<String> modules = all("\"default\": \"\\./lib/([^\"*]+)\"", told).stream().toList();
    assertThat(modules).isNotEmpty().allMatch(path -> Files.exists(MODULES.resolve(path)));
  }
}
