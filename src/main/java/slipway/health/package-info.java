/**
 * Runs background work and tells whether it is in order; and the exceptions that say that something
 * cannot be done, which any layer may throw. Knows nothing of Slipway.
 */
package slipway.health;
