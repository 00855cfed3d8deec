/// Configurations are judged by the programs that they are for. What a machine lacks is skipped.
@NullMarked
package igdrom.cli.oracle;

import org.jspecify.annotations.NullMarked;
