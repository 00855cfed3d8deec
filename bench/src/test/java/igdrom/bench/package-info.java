@NullMarked
package igdrom.bench;

import org.jspecify.annotations.NullMarked;
