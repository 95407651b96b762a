/**
 * Checks that database and media folder belong together, and finds what one has and the other
 * lacks.
 */
package slipway.reconcile;
