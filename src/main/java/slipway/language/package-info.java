/** The texts for visitors, in each supported language. */
package slipway.language;
