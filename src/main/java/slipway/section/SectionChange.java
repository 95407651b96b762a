package slipway.section;

import slipway.details.CleanHtml;

/**
 * What is to change of a section; null for what stays.
 *
 * @param startMillis where it begins
 * @param title plain text, not empty
 * @param description what else is said
 */
public record SectionChange(Long startMillis, String title, CleanHtml description) {}
