/** Time, by a wall clock that may be set at any moment. Knows nothing of Slipway. */
package slipway.clock;
