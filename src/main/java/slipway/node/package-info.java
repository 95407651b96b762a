/** The nodes that share one database, and which of them are there. */
package slipway.node;
