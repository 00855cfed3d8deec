@NullMarked
package igdrom.guides;

import org.jspecify.annotations.NullMarked;
