package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StyleSubsetTest {
  private static String subset(String sheet, String... names) {
    return StyleSubset.of(sheet, Set.of(names));
  }

  @Test
  void keepsTheRulesForWhatThereIs() {
    assertThat(subset("p{margin:0}table{width:1px}p.note,td,p>a:hover{color:red}", "p", "a"))
        .isEqualTo("p{margin:0}p>a:hover{color:red}");
    assertThat(subset("[type=file]{top:0}[type='date']{top:1px}#x{top:2px}", "[type=file]"))
        .isEqualTo("[type=file]{top:0}");
  }

  @Test
  void looksIntoWhatASelectorChoosesBetween() {
    String sheet =
        ":is(p,table) a{top:0}:where(table) a{top:1px}a:not(table,.x):after{top:2px}"
            + ":host{top:3px}:host(:is(a)),:root{top:4px}a:nth-child(2n){top:5px}";
    assertThat(subset(sheet, "p", "a"))
        .isEqualTo(
            ":is(p,table) a{top:0}a:not(table,.x):after{top:2px}:root{top:4px}"
                + "a:nth-child(2n){top:5px}");
  }

  @Test
  void keepsConditionsOfWhatIsKept() {
    String sheet =
        "@charset \"UTF-8\";@media (min-width:1px){p{top:0}td{top:0}}@media print{td{top:0}}"
            + "@supports (top:0){@media print{p{top:0}}}@keyframes turn{0%{top:0}}";
    assertThat(subset(sheet, "p"))
        .isEqualTo("@media (min-width:1px){p{top:0}}@supports (top:0){@media print{p{top:0}}}");
  }

  @Test
  void keepsTheCustomPropertiesThatAreAskedFor() {
    String sheet =
        ":root{--a:var(--b,1px);--b:url(\"data:,;}\");--c:1px;--d:2px}p{top:var( --a )}td{top:var(--c)}";
    assertThat(StyleSubset.of(sheet, Set.of("p"), "div{color:var(--d)}"))
        .isEqualTo(":root{--a:var(--b,1px);--b:url(\"data:,;}\");--d:2px}p{top:var( --a )}");
    assertThat(subset(":root{--a:1px}", "p")).isEmpty();
  }

  @Test
  void keepsTheNoticeOfTheLicence() {
    assertThat(subset("/*! By them,\n under MIT */p{top:0}/* more */td{top:0}", "p"))
        .isEqualTo("/*! By them,\n under MIT */\np{top:0}");
  }
}
