package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code Containerfile}, as a builder reads it.
 *
 * @param instructions in order, of all stages
 */
public record Containerfile(List<Instruction> instructions) {
  private static final Pattern PAIR = Pattern.compile("([A-Z_]+)=(?:\"([^\"]*)\"|(\\S+))");

  /** One instruction. */
  public record Instruction(String name, String arguments) {}

  /** Reads it: without comments, and with continued lines joined. */
  public static Containerfile read() throws IOException {
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : Files.readAllLines(Path.of("Containerfile"))) {
      if (part.isBlank() || part.startsWith("#")) {
        continue;
      }
      boolean isContinued = part.endsWith("\\");
      line.append(isContinued ? part.substring(0, part.length() - 1) : part);
      if (!isContinued) {
        String[] words = line.toString().split(" ", 2);
        instructions.add(new Instruction(words[0], words[1].strip().replaceAll(" +", " ")));
        line.setLength(0);
      }
    }
    return new Containerfile(instructions);
  }

  /** The last stage: what runs. */
  public Containerfile last() {
    int start = 0;
    for (int i = 0; i < instructions.size(); i++) {
      if (instructions.get(i).name().equals("FROM")) {
        start = i;
      }
    }
    return new Containerfile(instructions.subList(start, instructions.size()));
  }

  /** The arguments of all instructions of a name. */
  public List<String> all(String name) {
    return instructions.stream()
        .filter(each -> each.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }

  /** The arguments of the one instruction of a name. */
  public String one(String name) {
    List<String> all = all(name);
    if (all.size() != 1) {
      throw new IllegalStateException(name + ": " + all);
    }
    return all.get(0);
  }

  /** What it puts into the environment. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String pairs : all("ENV")) {
      PAIR.matcher(pairs)
          .results()
          .forEach(
              pair ->
                  environment.put(
                      pair.group(1), pair.group(2) == null ? pair.group(3) : pair.group(2)));
    }
    return environment;
  }
}
