/**
 * What every media store keeps to. It is apart from the rooms of the stores, so that it, and the
 * store in memory, have the public methods only.
 */
package slipway.media.contract;
