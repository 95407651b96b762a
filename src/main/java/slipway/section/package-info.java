/** The sections of videos, which others call chapters. */
package slipway.section;
