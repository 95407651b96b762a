package slipway.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What some pages need of a style sheet that has rules for all there may be: those for their own
 * elements, and of its custom properties those that are asked for. It reads what minifiers write of
 * CSS Syntax Level 3, without nested rules other than those in {@code @media} and {@code
 * @supports}; other at-rules are left out.
 */
final class StyleSubset {
  private static final Pattern NOTICE = Pattern.compile("/\\*!.*?\\*/", Pattern.DOTALL);
  private static final Pattern ASKED = Pattern.compile("var\\(\\s*(--[\\w-]+)");

  private final Set<String> names;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Set<String>> askedBy = new HashMap<>();

  private StyleSubset(Set<String> names) {
    this.names = names;
  }

  /** A rule that is kept: of declarations, or of rules under a condition. */
  private record Rule(String prelude, List<String> declarations, List<Rule> rules) {}

  /**
   * The subset of a sheet, with its licence notice.
   *
   * @param names what selectors may name on these pages, as they do: {@code p}, {@code .container},
   *     {@code [type=file]}
   * @param others sheets that ask for its custom properties
   */
  static String of(String sheet, Set<String> names, String... others) {
    StyleSubset subset = new StyleSubset(names);
    List<Rule> kept = subset.kept(CssText.withoutComments(sheet));
    for (String other : others) {
      subset.asked.addAll(askedIn(other));
    }
    subset.follow();
    Matcher notice = NOTICE.matcher(sheet);
    StringBuilder to = new StringBuilder(notice.find() ? notice.group() + '\n' : "");
    subset.write(kept, to);
    return to.toString();
  }

  private List<Rule> kept(String css) {
    List<Rule> kept = new ArrayList<>();
    for (int at = 0; at < css.length(); ) {
      int end = CssText.find(css, at, '{', ';');
      String prelude = css.substring(at, end).strip();
      at = end + 1;
      if (end < css.length() && css.charAt(end) == '{') {
        int close = CssText.find(css, at, '}', '}');
        Rule rule = rule(prelude, css.substring(at, close));
        if (rule != null) {
          kept.add(rule);
        }
        at = close + 1;
      }
    }
    return kept;
  }

  /** Null for one that is left out. */
  private Rule rule(String prelude, String body) {
    if (prelude.startsWith("@")) {
      return prelude.startsWith("@media") || prelude.startsWith("@supports")
          ? new Rule(prelude, List.of(), kept(body))
          : null;
    }
    List<String> selectors =
        CssText.split(prelude, ',').stream().filter(each -> CssText.mayMatch(each, names)).toList();
    if (selectors.isEmpty()) {
      return null;
    }
    List<String> declarations = CssText.split(body, ';');
    declarations.forEach(this::note);
    return new Rule(String.join(",", selectors), declarations, List.of());
  }

  private void note(String declaration) {
    Set<String> names = askedIn(declaration);
    if (declaration.startsWith("--")) {
      askedBy.computeIfAbsent(name(declaration), name -> new HashSet<>()).addAll(names);
    } else {
      asked.addAll(names);
    }
  }

  /** Properties that are asked for ask for others. */
  private void follow() {
    List<String> left = new ArrayList<>(asked);
    while (!left.isEmpty()) {
      for (String next : askedBy.getOrDefault(left.remove(left.size() - 1), Set.of())) {
        if (asked.add(next)) {
          left.add(next);
        }
      }
    }
  }

  private void write(List<Rule> rules, StringBuilder to) {
    for (Rule rule : rules) {
      StringBuilder body = new StringBuilder();
      write(rule.rules(), body);
      body.append(String.join(";", rule.declarations().stream().filter(this::isAsked).toList()));
      if (!body.isEmpty()) {
        to.append(rule.prelude()).append('{').append(body).append('}');
      }
    }
  }

  private boolean isAsked(String declaration) {
    return !declaration.startsWith("--") || asked.contains(name(declaration));
  }

  private static String name(String declaration) {
    return declaration.substring(0, declaration.indexOf(':')).strip();
  }

  private static Set<String> askedIn(String css) {
    Set<String> names = new HashSet<>();
    if (!css.contains("var(")) {
      return names;
    }
    ASKED.matcher(css).results().forEach(each -> names.add(each.group(1)));
    return names;
  }
}
