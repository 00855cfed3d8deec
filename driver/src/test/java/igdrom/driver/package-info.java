/// Tests of the driver as a whole: what the build makes, and what it does in QEMU and OVMF.
@NullMarked
package igdrom.driver;

import org.jspecify.annotations.NullMarked;
