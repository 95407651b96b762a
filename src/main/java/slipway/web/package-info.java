/** What people see: pages, and the media themselves. */
package slipway.web;
