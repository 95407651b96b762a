package slipway.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;

/** Claims as rows of the database that the nodes share; those of nodes that are gone are free. */
final class NodeClaims implements Claims {
  private static final Logger LOG = LoggerFactory.getLogger(NodeClaims.class);

  private static final String TAKE =
      """
      insert into claim (what, number, node_id) values (?, ?, ?)
      on conflict (what, number) do update set node_id = excluded.node_id
        where claim.node_id = excluded.node_id
          or not exists (select 1 from node n where n.node_id = claim.node_id)
      returning number""";

  private static final String GIVE_BACK =
      "delete from claim where what = ? and number = ? and node_id = ? returning number";

  private final Database database;
  private final String what;
  private final String node;

  NodeClaims(Database database, String what, String node) {
    this.database = database;
    this.what = what;
    this.node = node;
  }

  @Override
  public boolean take(long number) {
    return !database.alone(row -> row.number("number"), TAKE, what, number, node).isEmpty();
  }

  /** A claim whose row stays is taken again by this node, or becomes free once the node is gone. */
  @Override
  public void giveBack(long number) {
    try {
      database.alone(row -> row.number("number"), GIVE_BACK, what, number, node);
    } catch (RuntimeException e) {
      LOG.debug("The claim of {} {} could not be released", what, number, e);
    }
  }

  @Override
  public int count() {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from claim where what = ?")
                .bind(0, what)
                .mapTo(Integer.class)
                .one());
  }
}
