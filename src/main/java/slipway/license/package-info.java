/** Licences that photos are under. */
package slipway.license;
