/** What is to be deleted of a bucket, and would not be found again if nobody had noted it. */
package slipway.stray;
