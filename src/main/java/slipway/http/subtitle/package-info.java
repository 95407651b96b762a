/** Methods on the subtitles of videos. */
package slipway.http.subtitle;
