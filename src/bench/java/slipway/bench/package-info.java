/** Measurements: never part of the tests; run by {@code mvn -Pbench verify}. */
package slipway.bench;
