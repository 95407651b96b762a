/** The methods on files that were set aside, as no photo refers to them. */
package slipway.http.aside;
