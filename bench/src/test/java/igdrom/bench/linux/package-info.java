@NullMarked
package igdrom.bench.linux;

import org.jspecify.annotations.NullMarked;
