@NullMarked
package igdrom.virtualigd;

import org.jspecify.annotations.NullMarked;
