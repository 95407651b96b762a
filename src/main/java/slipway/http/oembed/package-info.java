/** What other sites show in place of the address of a photo (oembed.com, version 1.0). */
package slipway.http.oembed;
