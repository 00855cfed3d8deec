@NullMarked
package igdrom.cli.manual;

import org.jspecify.annotations.NullMarked;
