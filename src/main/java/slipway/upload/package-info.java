/** Carries out uploads: a token is redeemed for a photo. */
package slipway.upload;
