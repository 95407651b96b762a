/** PostgreSQL as the database: loaded only where it is set. */
package slipway.db.postgres;
