/**
 * Internet addresses, names and URLs, how addresses share resources, and what the protocols of the
 * net have that several packages need, such as numbers, ETags and answers that are sent later.
 */
package slipway.net;
