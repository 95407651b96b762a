package slipway.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.program.NotStartedException;
import slipway.media.program.Program;
import slipway.media.program.ProgramAnswer;
import slipway.media.program.ProgramLimits;

/**
 * A program that is run on each file, and tells by its exit status as {@code clamscan} does: 0 for
 * clean, 1 for infected, anything else for no verdict.
 */
final class CommandScanner implements VirusScanner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandScanner.class);
  private static final String FILE = "{}";
  private static final Pattern FOUND = Pattern.compile(".*: (\\S+) FOUND");
  private static final int MOST_LOGGED_CHARS = 500;
  private static final int CLEAN = 0;
  private static final int INFECTED = 1;

  private final List<String> words;
  private final ProgramLimits limits;

  /**
   * Runs that program.
   *
   * @param words its name or path, and what it is given; {@code {}} stands for the file's path;
   *     without it, the path comes last
   */
  CommandScanner(List<String> words, ProgramLimits limits) {
    this.words =
        words.stream().anyMatch(word -> word.contains(FILE))
            ? List.copyOf(words)
            : Stream.concat(words.stream(), Stream.of(FILE)).toList();
    this.limits = limits;
  }

  @Override
  public ScanVerdict scan(Path file, long size) throws IOException, InterruptedException {
    String path = file.toAbsolutePath().toString();
    List<String> command = words.stream().map(word -> word.replace(FILE, path)).toList();
    ProgramAnswer answer;
    try {
      answer = Program.ask(command, limits);
    } catch (NotStartedException e) {
      throw new ScannerAwayException("The virus scanner could not be started", e);
    } catch (TimeoutException e) {
      return ScanVerdict.tooLong(limits.seconds());
    }
    return switch (answer.status()) {
      case CLEAN -> ScanVerdict.CLEAN;
      case INFECTED -> {
        LOG.info("The virus scanner said: {}", line(answer.words()));
        yield ScanVerdict.infected(name(answer.words()));
      }
      default -> {
        LOG.debug(
            "The virus scanner ended with status {}: {}", answer.status(), line(answer.words()));
        yield ScanVerdict.unknown(
            "The virus scanner gave no verdict: it ended with status " + answer.status() + ".");
      }
    };
  }

  /** On one line of the log: what a scanner prints may have names that a visitor chose. */
  private static String line(String words) {
    String plain = words.replaceAll("[^ -~]+", " ");
    return plain.substring(0, Math.min(plain.length(), MOST_LOGGED_CHARS));
  }

  /** What was found, where it is said as clamscan does: {@code <path>: <name> FOUND}. */
  private static String name(String words) {
    return words
        .lines()
        .map(FOUND::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .reduce((first, next) -> ScanVerdict.isOfPartOnly(first) ? next : first)
        .orElse("");
  }

  @Override
  public boolean probe() throws ScannerAwayException {
    if (!Program.isInstalled(words.get(0))) {
      throw new ScannerAwayException(
          "The virus scanner " + words.get(0) + " is not a program that this user may run", null);
    }
    return false;
  }
}
