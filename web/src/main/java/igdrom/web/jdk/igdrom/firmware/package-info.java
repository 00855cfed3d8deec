/// Stands in for `igdrom.firmware` in the browser.
@NullMarked
package igdrom.web.jdk.igdrom.firmware;

import org.jspecify.annotations.NullMarked;
