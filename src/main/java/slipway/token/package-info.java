/** Upload tokens: what they allow, and how often they were used. */
package slipway.token;
