/** The words for visitors, in each language that is there. */
package slipway.language;
