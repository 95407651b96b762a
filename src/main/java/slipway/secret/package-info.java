/** Secrets as they are kept, encrypted or hashed, and what is signed with them. */
package slipway.secret;
