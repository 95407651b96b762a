package slipway.scan;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.HealthFact;
import slipway.health.Loop;
import slipway.health.LoopThreads;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.node.Claims;
import slipway.photo.ScanQueue;
import slipway.photo.ScanQueue.ScanJob;
import slipway.photo.ScanState;
import slipway.rendition.JobSearch;
import slipway.rendition.Setbacks;
import slipway.scan.ScanVerdict.Again;

/**
 * Makes the virus scanner check every waiting file, on a few threads of its own. A file without a
 * verdict is tried again later, and those after it continue; where the scanner cannot be reached,
 * all wait.
 */
public final class ScanWorker implements AutoCloseable, Loop, HealthFact {
  private static final Logger LOG = LoggerFactory.getLogger(ScanWorker.class);

  /** Between looks without an announcement: an earlier attempt may have left something. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * The time between two checks whether the scanner is reachable, as a multiple of the first pause.
   */
  private static final int PROBE_PAUSES = 6;

  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  /** The pause before a file is tried again, doubled each time. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  /** After this many attempts a photo is released without a verdict, if that is allowed. */
  private static final int MOST_ATTEMPTS_HELD = 3;

  private static final int RARE_PAUSES = 6;
  private static final int MOST_ROWS = 500;

  private final ScanQueue queue;
  private final JobSearch<ScanJob> search;
  private final Verdicts verdicts;
  private final MediaStore media;
  private final Claims claims;
  private final VirusScanner scanner;
  private final ScanRules rules;
  private final Setbacks setbacks;
  private final Duration probePause;
  private final Absence absence = new Absence();
  private final Set<Long> busy = new HashSet<>();
  private final LoopThreads threads;
  private long nextProbe = System.nanoTime();
  private volatile boolean isAnswering = true;
  private volatile boolean isTroubled;
  private volatile boolean closed;

  /**
   * Starts to work if there is a scanner; otherwise logs how many photos are held.
   *
   * @param claims what the nodes take of these files, by their photos' numbers
   */
  public ScanWorker(Scanning scanning, Verdicts verdicts, MediaStore media, Claims claims) {
    this(
        scanning.isOn() ? scanning.scanner() : null,
        scanning.rules(),
        verdicts,
        media,
        claims,
        FIRST_PAUSE);
  }

  ScanWorker(
      VirusScanner scanner,
      ScanRules rules,
      Verdicts verdicts,
      MediaStore media,
      Claims claims,
      Duration firstPause) {
    this.scanner = scanner;
    this.rules = rules;
    this.verdicts = verdicts;
    this.queue = verdicts.queue();
    this.search = new JobSearch<>(queue::after);
    this.media = media;
    this.claims = claims;
    this.setbacks = new Setbacks(firstPause, queue::stillWaiting);
    this.probePause = firstPause.multipliedBy(PROBE_PAUSES);
    this.threads =
        new LoopThreads("slipway-scans", scanner == null ? 0 : rules.threads(), this::turn);
    long held = queue.countHeld();
    if (scanner == null) {
      if (held > 0) {
        LOG.warn("{} photos are held until a virus scanner is set up again", held);
      }
      return;
    }
    Gauge.builder("slipway.scans.held", queue, ScanQueue::countHeld)
        .description("Photos that are held until the virus scanner has looked at their files")
        .register(Metrics.globalRegistry);
    threads.start();
  }

  /** How many photos are tried again later. */
  int setBack() {
    return setbacks.count();
  }

  private boolean turn() throws InterruptedException {
    // The JDK's own threads that are begun here, such as the one for programs, outlive this one.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    if (!closed) {
      work();
    }
    if (!closed) {
      setbacks.review();
      if (!queue.await(pause())) {
        probe();
      }
    }
    return !closed;
  }

  private Duration pause() {
    Duration away = absence.pause();
    return away.isZero() ? setbacks.next(PAUSE) : away;
  }

  /** Works until nothing waits, or the scanner cannot be reached. */
  private void work() throws InterruptedException {
    while (!closed) {
      if (!absence.pause().isZero()) {
        letAllGo();
        return;
      }
      if (absence.isAway() && !mayBeBack()) {
        continue;
      }
      Optional<ScanJob> job = take();
      if (job.isEmpty()) {
        return;
      }
      try {
        attempt(job.get());
      } finally {
        release(job.get());
      }
    }
  }

  private Optional<ScanJob> take() {
    synchronized (busy) {
      int notNow = Math.max(busy.size(), claims.count()) + setbacks.count();
      // Where many wait for another attempt, those that have just come do not wait for a look at
      // all.
      Optional<ScanJob> fresh =
          notNow < MOST_ROWS
              ? Optional.empty()
              : queue.first(MOST_ROWS).stream().filter(this::isTaken).findFirst();
      Optional<ScanJob> job = fresh.or(() -> search.next(notNow, this::isTaken));
      job.ifPresent(one -> busy.add(one.photoId()));
      return job;
    }
  }

  private boolean isTaken(ScanJob job) {
    return !busy.contains(job.photoId())
        && setbacks.isOver(job.mediaKey())
        && claims.take(job.photoId());
  }

  private void release(ScanJob job) {
    synchronized (busy) {
      busy.remove(job.photoId());
    }
    claims.giveBack(job.photoId());
  }

  private void attempt(ScanJob job) throws InterruptedException {
    try {
      if (job.size() > rules.maxBytes()) {
        record(job, ScanVerdict.tooLarge());
      } else {
        judge(job);
      }
      isTroubled = false;
    } catch (ScannerAwayException e) {
      tellAway(e);
    } catch (IOException | RuntimeException e) {
      setBack(job, e);
    }
  }

  private void judge(ScanJob job) throws IOException, InterruptedException {
    ScanVerdict verdict = verdict(job);
    if (verdict.state() == ScanState.UNKNOWN && setbacks.isMoot(job.mediaKey())) {
      tellMoot(job, null); // No wonder.
      return;
    }
    isAnswering = verdict.isAnswer();
    record(job, verdict);
    if (verdict.again() == Again.SELDOM) {
      scanner.probe(); // It may be the scanner that hangs, and not the file that takes so long.
    }
    absence.end();
  }

  /**
   * A file that cannot be read, or a database that cannot be written, is not the scanner's fault.
   */
  private void setBack(ScanJob job, Exception failure) {
    setbacks.add(job.mediaKey(), 1);
    if (!closed && setbacks.isMoot(job.mediaKey())) {
      tellMoot(job, failure);
      return;
    }
    if (isTroubled || closed) {
      LOG.debug("The file of photo {} could not be scanned", job.photoId(), failure);
    } else {
      LOG.warn("The file of photo {} could not be scanned; will try again", job.photoId(), failure);
    }
    isTroubled = true;
  }

  private static void tellMoot(ScanJob job, Exception failure) {
    LOG.debug("Photo {} was deleted or changed meanwhile", job.photoId(), failure);
  }

  private ScanVerdict verdict(ScanJob job) throws IOException, InterruptedException {
    MediaKey key = new MediaKey(job.treeId(), job.mediaKey());
    try (LocalFile file = media.local(key).orElse(null)) {
      if (file == null) {
        throw new IOException("The file was not there just now");
      }
      return scanner.scan(file.path(), job.size());
    }
  }

  private void record(ScanJob job, ScanVerdict verdict) {
    if (verdict.state() == ScanState.UNKNOWN) {
      setBack(job, verdict);
      return;
    }
    if (verdict.state() == ScanState.CLEAN) {
      verdicts.clean(job);
    } else {
      verdicts.infected(job, verdict.reason());
    }
    setbacks.remove(job.mediaKey());
    ScanMetrics.gave(verdict.state());
  }

  private void setBack(ScanJob job, ScanVerdict verdict) {
    if (verdict.again() == Again.SOON) {
      setbacks.add(job.mediaKey(), 1);
    } else {
      setbacks.addRare(job.mediaKey(), RARE_PAUSES);
    }
    boolean isEnough =
        verdict.again() == Again.SET_UP_OTHERWISE || job.attempts() + 1 >= MOST_ATTEMPTS_HELD;
    if (rules.opens() && job.isHeld() && isEnough) {
      verdicts.letGo(job, verdict.reason());
    } else {
      verdicts.unknown(job, verdict.reason());
    }
    ScanMetrics.gave(ScanState.UNKNOWN);
  }

  /** The scanner has been away for too long, and photos are not to wait for it any longer. */
  private void letAllGo() {
    if (!rules.opens() || !absence.isLongerThan(rules.patience())) {
      return;
    }
    List<ScanJob> held = queue.held(MOST_ROWS);
    while (!held.isEmpty() && !closed) {
      held.forEach(job -> verdicts.letGo(job, "The virus scanner cannot be reached."));
      held = queue.held(MOST_ROWS);
    }
  }

  /** Called when there is nothing to do: checks now and then whether the scanner can be reached. */
  private void probe() throws InterruptedException {
    // As long as files wait, the result of the last file counts more than reachability.
    if (isProbeDue() && mayBeBack() && queue.first(1).isEmpty()) {
      absence.end();
      isAnswering = true;
    }
  }

  /** Whether the scanner may be reached; if that is unknown, its next file will show. */
  private boolean mayBeBack() throws InterruptedException {
    try {
      if (scanner.probe() && absence.isAway()) {
        absence.end();
        isAnswering = true;
      }
      return true;
    } catch (ScannerAwayException e) {
      tellAway(e);
      return false;
    }
  }

  private void tellAway(ScannerAwayException failure) {
    isAnswering = false;
    if (!closed) {
      absence.begin(failure);
    }
  }

  private synchronized boolean isProbeDue() {
    long now = System.nanoTime();
    if (now - nextProbe < 0) {
      return false;
    }
    nextProbe = now + probePause.toNanos();
    return true;
  }

  @Override
  public String loopName() {
    return "scans";
  }

  @Override
  public boolean isWell() {
    return threads.areAlive();
  }

  @Override
  public String factName() {
    return "scanning";
  }

  /** Whether the scanner answered when it was asked last. */
  @Override
  public boolean isGood() {
    return isAnswering;
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() {
    closed = true;
    if (!threads.end(MOST_CLOSE)) {
      LOG.warn("A file is still being scanned");
    }
  }
}
