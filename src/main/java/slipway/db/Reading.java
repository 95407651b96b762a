package slipway.db;

import org.jdbi.v3.core.HandleCallback;

/** A database that can be asked. */
public interface Reading {
  /** Runs a query on a connection of its own. */
  <T, X extends Exception> T read(HandleCallback<T, X> query) throws X;
}
