package slipway.db.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import slipway.db.Database;
import slipway.db.Engine;

/**
 * Opens a database that tests use one after another. What one of them closes is kept with its
 * connections for the next, as each connection is a process of the server.
 */
public final class KeptEngines {
  private static final int MOST_FREE = 2;
  private static final int MOST_WAIT_SECONDS = 1;

  private final PostgresAddress address;
  private final Deque<PostgresEngine> free = new ArrayDeque<>();
  private int lent;

  /** Of a database that has the tables of this version. */
  public KeptEngines(PostgresAddress address) {
    this.address = address;
  }

  /** Opens it once more. */
  public Database open() {
    return new Database(
        (Engine)
            Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, new Loan(take())));
  }

  /** Whether somebody has not closed it yet. */
  public synchronized boolean areLent() {
    return lent > 0;
  }

  private synchronized PostgresEngine take() {
    PostgresEngine engine = free.isEmpty() ? new PostgresEngine(address) : free.pop();
    lent++;
    return engine;
  }

  private synchronized boolean isKept(PostgresEngine engine, boolean isAsNew) {
    lent--;
    boolean isKept = isAsNew && free.size() < MOST_FREE;
    if (isKept) {
      free.push(engine);
    }
    return isKept;
  }

  /** Closes the connections that are kept. */
  public synchronized void close() {
    free.forEach(PostgresEngine::close);
    free.clear();
  }

  /** An engine until it is closed, from when on it refuses all as a closed one does. */
  private final class Loan implements InvocationHandler {
    private final PostgresEngine engine;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private volatile boolean isOver;

    /** Something is to run later, which an engine that is closed would not do. */
    private volatile boolean isAwaited;

    Loan(PostgresEngine engine) {
      this.engine = engine;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] values) throws Throwable {
      if (method.getName().equals("close")) {
        end();
        return null;
      }
      if (method.getName().equals("whenSettled")) {
        isAwaited = true;
      }
      use.readLock().lock();
      try {
        if (isOver) {
          throw new IllegalStateException("The database is closed");
        }
        return method.invoke(engine, values);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        use.readLock().unlock();
      }
    }

    /** One that is in use is closed itself, which waits for what has to end. */
    private void end() throws InterruptedException {
      boolean isIdle = use.writeLock().tryLock(MOST_WAIT_SECONDS, TimeUnit.SECONDS);
      boolean wasOver = isOver;
      isOver = true;
      if (isIdle) {
        use.writeLock().unlock();
      }
      if (!wasOver && !isKept(engine, isIdle && !isAwaited && engine.isWell())) {
        engine.close();
      }
    }
  }
}
