/** Subtitles of videos: read from WebVTT and SRT files, kept clean, written in several formats. */
package slipway.subtitle;
