@NullMarked
package igdrom.bench.witness;

import org.jspecify.annotations.NullMarked;
