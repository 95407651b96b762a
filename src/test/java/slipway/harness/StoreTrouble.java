package slipway.harness;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** What becomes of a request to a store, and of its answer; an exception ends the connection. */
@FunctionalInterface
public interface StoreTrouble {
  /** Has it befall a request. */
  void befall(StoreExchange exchange) throws IOException;

  /** The store says no, and does nothing. */
  static StoreTrouble says(int status, String code) {
    return exchange -> exchange.refuse(status, code);
  }

  /** The store is gone. */
  static StoreTrouble isGone() {
    return exchange -> {
      throw new EOFException("The store is gone");
    };
  }

  /** The connection is cut after so many bytes of the request's body. */
  static StoreTrouble cutsAfter(long bytes) {
    return exchange -> {
      exchange.passSome(bytes);
      throw new EOFException("The connection is cut");
    };
  }

  /** The store does it, and nobody hears of that. */
  static StoreTrouble losesTheAnswer() {
    return exchange -> {
      exchange.passRequest();
      exchange.answer();
      throw new EOFException("The answer is lost");
    };
  }

  /** The connection is cut after so many bytes of the store's answer. */
  static StoreTrouble cutsTheAnswerAfter(int bytes) {
    return exchange -> {
      exchange.passRequest();
      exchange.give(Arrays.copyOf(exchange.answer(), bytes));
      throw new EOFException("The connection is cut");
    };
  }

  /** The store takes its time. */
  static StoreTrouble takes(Duration time) {
    return exchange -> {
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.passOn();
    };
  }
}
