/** Methods on the sections of videos. */
package slipway.http.section;
