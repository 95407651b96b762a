/** The classes named by the log's configuration: how lines get to the standard output. */
package slipway.log;
