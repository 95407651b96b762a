/** Has a virus scanner look at every file before the public sees its photo. */
package slipway.scan;
