/// Stands in for `java.security` in the browser.
@NullMarked
package igdrom.web.jdk.java.security;

import org.jspecify.annotations.NullMarked;
