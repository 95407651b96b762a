package slipway.http.front;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Does something at the end of an asynchronous request, however it ends. */
abstract class AsyncEnd implements AsyncListener {
  abstract void end();

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The end comes after.
  }

  @Override
  public void onError(AsyncEvent event) {
    // The end comes after.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
