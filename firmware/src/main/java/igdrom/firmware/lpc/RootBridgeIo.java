package igdrom.firmware.lpc;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.lpc.Code.Hit;
import igdrom.firmware.lpc.Code.Part;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Way;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// GOPs that read the id with the protocol PciRootBridgeIo, `Pci.Read (…, 1F0002h, 1, &Id)`.
///
/// Observed: drivers for Sandy Bridge, Ivy Bridge, Haswell and Broadwell take the address of a
/// variable (`lea reg, [rip + …]`) and store it on the stack (`mov [rsp + 20h], reg`) between `mov
/// r8d, 1F0002h` and `call [rax + 38h]`.
///
/// Spec: UEFI 2.11, "EFI_PCI_ROOT_BRIDGE_IO_PROTOCOL.Pci.Read()"; Intel SDM Volume 2, "MOV" (C7 /0
/// iw), "XOR" (33 /r), "JMP" (EB cb).
final class RootBridgeIo {
    /// `mov r8d, 1F0002h`: device 31, function 0, register 2.
    private static final Image ADDRESS = Image.ofHex("41 b8 02 00 1f 00");

    /// `call [rax + 38h]`.
    private static final Image CALL = Image.ofHex("ff 50 38");

    /// The bytes after the jump in an edited window.
    private static final Image MARK = Image.ofAscii("igdrom");

    /// `xor eax, eax`: EFI_SUCCESS.
    private static final int SUCCESS = 0xc033;

    private static final int MAX_WINDOW_BYTES = 48;

    /// The maximum distance from `lea` to the window.
    private static final int MAX_DISTANCE = 24;

    private static final int REX = 0x40;

    private RootBridgeIo() {}

    static Sites find(Executable gop) {
        List<Site> sites = new ArrayList<>();
        long address = -1;
        for (Hit hit : Code.find(gop, ADDRESS)) {
            address = hit.fileOffset();
            Site site = original(gop, hit.part(), hit.at());
            if (site != null) {
                sites.add(site);
            }
        }
        for (Hit hit : Code.find(gop, MARK)) {
            Site site = edited(gop, hit.part(), hit.at());
            if (site != null) {
                sites.add(site);
            }
        }
        return new Sites(Way.ROOT_BRIDGE_IO, sites, address);
    }

    private static @Nullable Site original(Executable gop, Part part, long at) {
        Image code = part.bytes();
        long call = code.indexOf(CALL, at);
        long end = call + CALL.size();
        if (call < 0 || end - at > MAX_WINDOW_BYTES) {
            return null;
        }
        Image window = code.slice(at, end - at);
        int register = pointer(window);
        return register >= 0 && isLoadedBefore(code, at, register)
                ? site(gop, part, at, window, Optional.empty())
                : null;
    }

    /// The register that is stored to `[rsp + 20h]`, the fifth argument, or -1.
    private static int pointer(Image window) {
        for (long at = ADDRESS.size(); at + 5 <= window.size(); at++) {
            if ((window.u8(at) & 0xfb) == 0x48
                    && window.u8(at + 1) == 0x89
                    && (window.u8(at + 2) & 0xc7) == 0x44
                    && window.u16(at + 3) == 0x2024) {
                int low = (window.u8(at + 2) >>> 3) & 7;
                // As a base, 4 and 5 do not mean rsp, rbp, r12 and r13.
                return low == 4 || low == 5 ? -1 : low | ((window.u8(at) & 4) << 1);
            }
        }
        return -1;
    }

    /// Whether the register was loaded by `lea reg, [rip + …]` shortly before.
    private static boolean isLoadedBefore(Image code, long window, int register) {
        int rex = 0x48 | (register >>> 3 << 2);
        int operand = ((register & 7) << 3) | 5;
        for (long at = Math.max(0, window - MAX_DISTANCE); at + 7 <= window; at++) {
            if (code.u8(at) == rex && code.u8(at + 1) == 0x8d && code.u8(at + 2) == operand) {
                return true;
            }
        }
        return false;
    }

    /// An edited window: `mark` follows the store, the status and the jump.
    private static @Nullable Site edited(Executable gop, Part part, long mark) {
        Image code = part.bytes();
        for (int store : new int[] {5, 6}) {
            long at = mark - 4 - store;
            if (at < 0
                    || code.u16(mark - 4) != SUCCESS
                    || code.u8(mark - 2) != 0xeb
                    || code.u8(mark - 1) > MAX_WINDOW_BYTES
                    || mark + code.u8(mark - 1) > code.size()) {
                continue;
            }
            int register = store == 6 ? 8 : 0;
            long opcode = at + store - 4;
            if (code.u8(at) == 0x66
                    && (register == 0 || code.u8(at + 1) == (REX | 1))
                    && code.u8(opcode) == 0xc7
                    && isLoadedBefore(code, at, register | code.u8(opcode + 1))) {
                Image window = code.slice(at, mark + code.u8(mark - 1) - at);
                PciId id = PciId.intel(code.u16(mark - 6));
                return site(gop, part, at, window, Optional.of(id));
            }
        }
        return null;
    }

    private static Site site(
            Executable gop, Part part, long at, Image window, Optional<PciId> edited) {
        return new Site(
                Way.ROOT_BRIDGE_IO,
                part.fileOffset() + at,
                window,
                PchCheck.read(gop, part.bytes(), at + window.size()),
                edited);
    }

    /// The window with a store of the id where the call would have written it, and the status
    /// EFI_SUCCESS.
    static Image edited(Image window, PciId bridge) {
        Emitter out = new Emitter();
        if (window.startsWith(ADDRESS)) {
            int register = pointer(window);
            out.u8(0x66);
            if (register >= 8) {
                out.u8(REX | 1);
            }
            out.u8(0xc7).u8(register & 7);
        } else {
            out.image(window.slice(0, window.indexOf(MARK, 0) - 6));
        }
        out.u16(bridge.device()).u16(SUCCESS);
        long left = window.size() - out.position() - 2;
        out.u8(0xeb).u8((int) left).image(MARK);
        return out.image(window.from(out.position())).toImage();
    }
}
