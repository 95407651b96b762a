/** What happened to photos, and the calls that tell others of it. */
package slipway.event;
