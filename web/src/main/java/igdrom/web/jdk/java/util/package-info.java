/// Stands in for `java.util` in the browser.
@NullMarked
package igdrom.web.jdk.java.util;

import org.jspecify.annotations.NullMarked;
