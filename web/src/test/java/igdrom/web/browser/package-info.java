/// Drives a headless Chromium over its debugging port, for the tests of the page.
///
/// Spec: Chrome DevTools Protocol 1.3, <https://chromedevtools.github.io/devtools-protocol/>.
@NullMarked
package igdrom.web.browser;

import org.jspecify.annotations.NullMarked;
