package slipway.scan;

import java.time.Duration;
import java.util.List;
import slipway.media.program.ProgramLimits;

/**
 * Which virus scanner looks at files, and how photos are held for it.
 *
 * @param command the words of a program that is run on each file; empty for none
 * @param clamd where clamd listens; null for none
 * @param limits what the program may take; clamd gets the same time
 * @param rules how photos are held
 */
public record Scanning(
    List<String> command, ClamdAddress clamd, ProgramLimits limits, ScanRules rules) {
  /** Whether there is one at all. */
  public boolean isOn() {
    return clamd != null || !command.isEmpty();
  }

  VirusScanner scanner() {
    return clamd == null
        ? new CommandScanner(command, limits)
        : new ClamdScanner(clamd, Duration.ofSeconds(limits.seconds()));
  }
}
