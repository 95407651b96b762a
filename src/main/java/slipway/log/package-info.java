/** What the log's configuration names: how lines get to the standard output. */
package slipway.log;
