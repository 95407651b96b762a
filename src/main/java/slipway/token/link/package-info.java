/** Links that give each guest an upload token of their own, within totals of all of them. */
package slipway.token.link;
