package igdrom.firmware.lpc;

import igdrom.bytes.Image;

/// EDK2's PciCf8Read16 as compilers emit it: it saves one or two registers, loads the port CF8 into
/// another, reads 16 bits from a port, and returns.
///
/// Observed: all 17 drivers from Kaby Lake to Meteor Lake contain it once.
final class Read16 {
    /// `push rbx`, and `mov [rsp + 8], rbx` with `push rdi`.
    private static final Image[] STARTS = {Image.ofHex("40 53"), Image.ofHex("48 89 5c 24 08 57")};

    /// `sub rsp, 20h`.
    private static final Image FRAME = Image.ofHex("48 83 ec 20");

    /// The number of the port, after the opcode of a `mov` to any register.
    private static final Image PORT = Image.ofHex("f8 0c 00 00");

    /// `in ax, dx`.
    private static final Image INPUT = Image.ofHex("66 ed");

    /// Observed: the longest has 100 bytes.
    private static final int MAX_LENGTH = 0x90;

    private static final int RETURN = 0xc3;

    private Read16() {}

    static boolean isAt(Image code, long at) {
        if (at < 0 || at >= code.size()) {
            return false;
        }
        Image function = code.slice(at, Math.min(MAX_LENGTH, code.size() - at));
        for (Image start : STARTS) {
            if (function.startsWith(start) && function.matches(start.size(), FRAME)) {
                return readsPort(function, start.size() + FRAME.size());
            }
        }
        return false;
    }

    private static boolean readsPort(Image function, long from) {
        long port = function.indexOf(PORT, from + 1);
        if (port < 0 || (function.u8(port - 1) & 0xf8) != 0xb8) {
            return false;
        }
        long input = function.indexOf(INPUT, port);
        return input >= 0 && input < end(function, port);
    }

    /// Where the function returns, after it restored a register; -1 when it does not.
    private static long end(Image function, long from) {
        for (long at = from + 1; at < function.size(); at++) {
            int before = function.u8(at - 1);
            if (function.u8(at) == RETURN && (before == 0x5b || before == 0x5f)) {
                return at;
            }
        }
        return -1;
    }

    /// The offset of the function, or -1 when it is missing or there several times.
    static long only(Image code) {
        long found = -1;
        for (long frame = code.indexOf(FRAME, 0);
                frame >= 0;
                frame = code.indexOf(FRAME, frame + 1)) {
            for (Image start : STARTS) {
                long at = frame - start.size();
                if (isAt(code, at)) {
                    if (found >= 0) {
                        return -1;
                    }
                    found = at;
                }
            }
        }
        return found;
    }
}
