/**
 * The contracts of media stores. They are outside the packages of the stores, so that they, and the
 * store in memory, can use public methods only.
 */
package slipway.media.contract;
