@NullMarked
package igdrom.bench.judge;

import org.jspecify.annotations.NullMarked;
