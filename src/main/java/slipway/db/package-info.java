/** The database: its file, its migrations, its readers and its one writer. */
package slipway.db;
