/** Tells whether background work is in order. Knows nothing of Slipway. */
package slipway.health;
