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

/// GOPs that read the id through the ports CF8 and CFC.
///
/// Observed: all 17 drivers from Kaby Lake to Meteor Lake contain, once, `mov ecx, 0F8002h`, soon
/// followed by `call Read16` and `mov [rip + …], ax`. Read16 is EDK2's PciCf8Read16.
///
/// Spec: Intel SDM Volume 2, "MOV" (B8+ rd id, 89 /r), "CALL" (E8 cd).
final class PortIo {
    /// `mov ecx, 0F8002h`: EDK2's PCI_LIB_ADDRESS (0, 31, 0, 2).
    private static final Image ADDRESS = Image.ofHex("b9 02 80 0f 00");

    /// `mov [rip + …], ax`.
    private static final Image STORE = Image.ofHex("66 89 05");

    private static final int CALL = 0xe8;
    private static final int MOV_EAX = 0xb8;
    private static final int WINDOW_BYTES = 5;

    /// The maximum distance between the parts of the pattern.
    private static final int MAX_DISTANCE = 16;

    private PortIo() {}

    static Sites find(Executable gop) {
        List<Site> sites = new ArrayList<>();
        long address = -1;
        for (Hit hit : Code.find(gop, ADDRESS)) {
            address = hit.fileOffset();
            Site site = site(gop, hit.part(), hit.at() + ADDRESS.size());
            if (site != null) {
                sites.add(site);
            }
        }
        return new Sites(Way.PORT_IO, sites, address);
    }

    private static @Nullable Site site(Executable gop, Part part, long from) {
        Image code = part.bytes();
        for (long at = from; at <= from + MAX_DISTANCE && at + WINDOW_BYTES <= code.size(); at++) {
            long next = at + WINDOW_BYTES;
            Optional<PciId> edited = Optional.empty();
            if (code.u8(at) == CALL) {
                if (!Read16.isAt(code, next + (int) code.u32(at + 1))) {
                    continue;
                }
            } else if (code.u8(at) == MOV_EAX && code.u32(at + 1) <= 0xffff) {
                edited = Optional.of(PciId.intel((int) code.u32(at + 1)));
            } else {
                continue;
            }
            long store = code.indexOf(STORE, next);
            if (store < 0 || store > next + MAX_DISTANCE) {
                continue;
            }
            return new Site(
                    Way.PORT_IO,
                    part.fileOffset() + at,
                    code.slice(at, WINDOW_BYTES),
                    PchCheck.read(gop, code, next),
                    edited);
        }
        return null;
    }

    /// `mov eax, id`, which replaces the call.
    static Image edited(PciId bridge) {
        return new Emitter().u8(MOV_EAX).u32(bridge.device()).toImage();
    }

    /// The call at `site` before the edit, if Read16 is there once.
    static Optional<Image> original(Executable gop, Site site) {
        for (Part part : Code.of(gop)) {
            long at = site.offset() - part.fileOffset();
            if (at >= 0 && at < part.bytes().size()) {
                long target = Read16.only(part.bytes());
                return target < 0
                        ? Optional.empty()
                        : Optional.of(
                                new Emitter()
                                        .u8(CALL)
                                        .u32((target - at - WINDOW_BYTES) & 0xffff_ffffL)
                                        .toImage());
            }
        }
        return Optional.empty();
    }
}
