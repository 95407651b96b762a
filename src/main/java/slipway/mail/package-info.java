/**
 * E-mail to users of what visitors have sent them: each file is noted with its event, digests are
 * planned from these notes, and each digest is a call of the outbox, which SMTP delivers.
 */
package slipway.mail;
