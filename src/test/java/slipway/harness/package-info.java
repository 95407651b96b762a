/**
 * Drives the real thing for the tests: the WAR on real servers, each in a JVM of its own ({@link
 * slipway.harness.Server}), over HTTP ({@link slipway.harness.ApiClient}, {@link
 * slipway.harness.RawConnection}) or by a real browser ({@link slipway.harness.Browser}), with real
 * pictures and videos ({@link slipway.harness.SampleMedia}).
 */
package slipway.harness;
