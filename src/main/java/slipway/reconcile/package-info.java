/** Database and media folder: that they belong together, and what one has and the other lacks. */
package slipway.reconcile;
