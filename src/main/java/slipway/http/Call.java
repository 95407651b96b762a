package slipway.http;

import slipway.auth.Caller;

/**
 * One call of an API method.
 *
 * @param parameters what it says
 * @param caller who makes it
 * @param site the site it is made to
 */
public record Call(Parameters parameters, Caller caller, Site site) {}
