/** The bytes: where they are kept and what they are. */
package slipway.media;
