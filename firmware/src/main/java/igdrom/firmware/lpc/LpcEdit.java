package igdrom.firmware.lpc;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Unclear;
import igdrom.firmware.lpc.LpcRead.Way;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.PeImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An edit of a GOP: it no longer asks for the id of the LPC bridge, it has it.
///
/// Nothing moves and no relocation is touched, so that what is measured is what runs.
///
/// @param patches that make the edited GOP out of the owner's, CheckSum's among them where the GOP
///   has one
public record LpcEdit(PciId bridge, Way way, List<Patch> patches) {
    public LpcEdit {
        patches = List.copyOf(patches);
    }

    /// A GOP with its edit.
    ///
    /// @param owners the GOP as it was
    /// @param edited the GOP as it is now
    public record Edited(LpcEdit edit, Image owners, Image edited) {}

    /// Gives `gop` this bridge. A GOP that was edited is taken for what it was before, where that
    /// can be known.
    ///
    /// @throws LpcEditException when there is not exactly one place of a known kind to edit
    public static Edited edit(Executable gop, PciId bridge) throws LpcEditException {
        if (bridge.vendor() != PciId.INTEL) {
            throw new LpcEditException(bridge + " is no bridge of Intel's");
        }
        Site site = site(gop);
        Image after =
                site.way() == Way.PORT_IO
                        ? PortIo.edited(bridge)
                        : RootBridgeIo.edited(site.window(), bridge);
        Image owners = original(gop, site).orElse(gop.raw());
        Image before = owners.slice(site.offset(), after.size());
        List<Patch> patches = new ArrayList<>();
        Patch patch = new Patch(site.offset(), before, after);
        patches.add(patch);
        if (gop instanceof PeImage pe && pe.optionalHeader().checkSum() != 0) {
            patches.add(checkSum(owners, patch));
        }
        LpcEdit edit = new LpcEdit(bridge, site.way(), patches);
        return new Edited(edit, owners, edit.apply(owners));
    }

    private static Site site(Executable gop) throws LpcEditException {
        LpcRead read = LpcRead.of(gop);
        if (read instanceof Site site) {
            return site;
        }
        throw new LpcEditException(
                read instanceof Unclear(String reason)
                        ? reason
                        : "it does not ask for the id of the LPC bridge");
    }

    /// The GOP without its edit, if it has one that leaves no doubt of what was there. CheckSum,
    /// where there is one, is right in it: Intel's is not always.
    public static Optional<Image> original(Executable gop) {
        LpcRead read = LpcRead.of(gop);
        return read instanceof Site site && site.edited().isPresent()
                ? original(gop, site)
                : Optional.empty();
    }

    private static Optional<Image> original(Executable gop, Site site) {
        if (site.edited().isEmpty() || site.way() != Way.PORT_IO) {
            return Optional.empty();
        }
        Optional<Image> call = PortIo.original(gop, site);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        Patch back = new Patch(site.offset(), site.window(), call.get());
        Image owners = back.apply(gop.raw());
        boolean sum = gop instanceof PeImage pe && pe.optionalHeader().checkSum() != 0;
        return Optional.of(sum ? checkSum(gop.raw(), back).apply(owners) : owners);
    }

    /// The change of CheckSum that goes with `patch`.
    private static Patch checkSum(Image gop, Patch patch) {
        PeImage patched = pe(patch.apply(gop));
        long at = patched.checkSumOffset();
        Image right = new Emitter().u32(patched.computedCheckSum()).toImage();
        return new Patch(at, gop.slice(at, right.size()), right);
    }

    private static PeImage pe(Image image) {
        return PeImage.read(image, Location.root("GOP"), new Diagnostics());
    }

    /// The edited GOP.
    ///
    /// @param gop the owner's
    /// @throws LpcEditException when it has other bytes where it is to be edited
    public Image apply(Image gop) throws LpcEditException {
        return apply(gop, patches);
    }

    /// The owner's GOP.
    ///
    /// @param edited what [#apply] made
    /// @throws LpcEditException when it has other bytes where it was edited
    public Image undo(Image edited) throws LpcEditException {
        return apply(edited, patches.stream().map(Patch::reversed).toList());
    }

    private static Image apply(Image image, List<Patch> patches) throws LpcEditException {
        Image result = image;
        for (Patch patch : patches) {
            if (!patch.fits(image)) {
                throw new LpcEditException(
                        "at +0x"
                                + Long.toHexString(patch.offset())
                                + " it has other bytes than the edit was made for");
            }
            result = patch.apply(result);
        }
        return result;
    }
}
