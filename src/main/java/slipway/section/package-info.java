/** The sections of videos, also called chapters. */
package slipway.section;
