/** The nodes that share one database, and which of them are alive. */
package slipway.node;
