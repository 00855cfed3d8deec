/// How a GOP learns beside which PCH it runs, and the edit that tells it instead.
///
/// A GOP asks the LPC (eSPI) bridge at 00:1f.0 for its device id, and does nothing when it does not
/// know the answer. QEMU's machine q35 has a bridge of its own there. [LpcRead] is where and how a
/// GOP asks, [LpcEdit] puts the owner's id in the place of the question.
///
/// Observed: 27 drivers from Sandy Bridge to Meteor Lake. Not supported: IA32 drivers.
@NullMarked
package igdrom.firmware.lpc;

import org.jspecify.annotations.NullMarked;
