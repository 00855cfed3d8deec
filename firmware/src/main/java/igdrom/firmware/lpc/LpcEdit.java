package igdrom.firmware.lpc;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.lpc.LpcRead.Site;
import igdrom.firmware.lpc.LpcRead.Way;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.PeImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An edit of a GOP that replaces the read of the LPC bridge's id by a fixed id.
///
/// No byte moves and no relocation changes, so that the file that is measured is the code that
/// runs.
///
/// @param patches that turn the original GOP into the edited one, including that of CheckSum where
///   the GOP has one
public record LpcEdit(PciId bridge, Way way, List<Patch> patches) {
    public LpcEdit {
        patches = List.copyOf(patches);
    }

    /// A GOP with its edit.
    ///
    /// @param original the GOP before the edit
    /// @param edited the GOP after the edit
    public record Edited(LpcEdit edit, Image original, Image edited) {}

    /// Edits `gop` for this bridge. Where `gop` is edited already, the edit is undone first, if the
    /// original can be restored.
    ///
    /// @throws LpcEditException when the GOP does not read the id at exactly one known kind of site
    public static Edited edit(Executable gop, PciId bridge) throws LpcEditException {
        if (bridge.vendor() != PciId.INTEL) {
            throw new LpcEditException(bridge + " is not an Intel device");
        }
        Site site = site(gop);
        Image after =
                site.way() == Way.PORT_IO
                        ? PortIo.edited(bridge)
                        : RootBridgeIo.edited(site.window(), bridge);
        Image original = original(gop, site).orElse(gop.raw());
        Image before = original.slice(site.offset(), after.size());
        List<Patch> patches = new ArrayList<>();
        Patch patch = new Patch(site.offset(), before, after);
        patches.add(patch);
        if (gop instanceof PeImage pe && pe.optionalHeader().checkSum() != 0) {
            patches.add(checkSum(original, patch));
        }
        LpcEdit edit = new LpcEdit(bridge, site.way(), patches);
        return new Edited(edit, original, edit.apply(original));
    }

    private static Site site(Executable gop) throws LpcEditException {
        return switch (LpcRead.of(gop)) {
            case Site site -> site;
            case LpcRead.Unclear(String reason) -> throw new LpcEditException(reason);
            case LpcRead.None() ->
                    throw new LpcEditException("it does not read the id of the LPC bridge");
        };
    }

    /// The GOP without its edit, if it is edited and the original can be restored. CheckSum, where
    /// present, is the computed one; in Intel's own files it is sometimes wrong.
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
        Image original = back.apply(gop.raw());
        boolean sum = gop instanceof PeImage pe && pe.optionalHeader().checkSum() != 0;
        return Optional.of(sum ? checkSum(gop.raw(), back).apply(original) : original);
    }

    /// The change of CheckSum that `patch` requires.
    private static Patch checkSum(Image gop, Patch patch) {
        PeImage patched = pe(patch.apply(gop));
        long at = patched.checkSumOffset();
        Image right = new Emitter().u32(patched.computedCheckSum()).toImage();
        return new Patch(at, gop.slice(at, right.size()), right);
    }

    private static PeImage pe(Image image) {
        return PeImage.read(image, Location.root("GOP"), new Diagnostics());
    }

    /// Applies the edit.
    ///
    /// @param gop the original GOP
    /// @throws LpcEditException when its bytes at the site are not those the edit was made for
    public Image apply(Image gop) throws LpcEditException {
        return apply(gop, patches);
    }

    /// Reverts the edit.
    ///
    /// @param edited the result of [#apply]
    /// @throws LpcEditException when its bytes at the site are not those of the edit
    public Image undo(Image edited) throws LpcEditException {
        return apply(edited, patches.stream().map(Patch::reversed).toList());
    }

    private static Image apply(Image image, List<Patch> patches) throws LpcEditException {
        Image result = image;
        for (Patch patch : patches) {
            if (!patch.fits(image)) {
                throw new LpcEditException(
                        String.format(
                                "its bytes at +0x%x are not those the edit was made for",
                                patch.offset()));
            }
            result = patch.apply(result);
        }
        return result;
    }
}
