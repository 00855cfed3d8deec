package igdrom.formats.oprom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// An expansion ROM: its images in order.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Contents".
///
/// @param trailing the bytes after the last image
public record OptionRom(List<RomImage> images, Image trailing) {
    /// The maximum number of images, more than real ROMs contain. Later ones count as trailing
    /// bytes.
    public static final int MAX_IMAGES = 64;

    public OptionRom {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a ROM has at least one image");
        }
        images = List.copyOf(images);
    }

    /// Whether an image of an expansion ROM starts at `offset`: a quick check for scanners. The
    /// image may be truncated.
    public static boolean looksLikeRom(Image image, long offset) {
        return RomImage.looksLikeImage(image, offset);
    }

    /// Reads the ROM at the start of `rom`, which may be longer: bytes after the last image are
    /// trailing.
    ///
    /// @throws MalformedImageException when the first image cannot be read
    public static OptionRom read(Image rom, Location location, Diagnostics diagnostics) {
        List<RomImage> images = new ArrayList<>();
        long at = 0;
        while (true) {
            RomImage image =
                    RomImage.read(
                            rom.from(at),
                            at,
                            location.in("image " + (images.size() + 1), at),
                            diagnostics);
            long end = at + image.raw().size();
            long next = image.pcir().last() ? end : nextImage(rom, end);
            images.add(image.at(at, rom.slice(end, next - end)));
            if (image.pcir().last()) {
                return new OptionRom(images, rom.from(end));
            }
            at = next;
            if (!RomImage.looksLikeImage(rom, at)) {
                reportMissingImage(rom, location, at, diagnostics);
                break;
            }
            if (images.size() == MAX_IMAGES) {
                diagnostics.broken(
                        location, at, "more than %d images, the rest is not read", MAX_IMAGES);
                break;
            }
            if (at > end) {
                diagnostics.odd(location, end, "0x%x fill bytes before the next image", at - end);
            }
        }
        return new OptionRom(images, rom.from(at));
    }

    /// Makes a ROM of these images, with offsets and last-image indicators set for their order.
    public static OptionRom of(List<RomImage> parts) {
        List<RomImage> images = new ArrayList<>();
        long at = 0;
        for (RomImage part : parts) {
            boolean last = images.size() == parts.size() - 1;
            images.add(part.withLast(last).at(at, Image.EMPTY));
            at += part.raw().size();
        }
        return new OptionRom(images, Image.EMPTY);
    }

    public void write(Emitter out) {
        images.forEach(image -> image.write(out));
        out.image(trailing);
    }

    /// The bytes that [#write] emits.
    public Image image() {
        Emitter out = new Emitter();
        write(out);
        return out.toImage();
    }

    /// The number of bytes up to the end of the last image.
    public long size() {
        RomImage last = images.getLast();
        return last.offset() + last.raw().size();
    }

    /// Reports that no image follows one that is not marked as last: the ROM is truncated if the
    /// file ends here; if other bytes follow, only the indicator is wrong.
    ///
    /// Observed: inside firmware (ThinkPad T60, X60) the board maker removed later images without
    /// updating the indicator.
    private static void reportMissingImage(
            Image rom, Location location, long at, Diagnostics diagnostics) {
        String problem = "an image is missing: the previous one is not marked as last";
        if (at == rom.size()) {
            diagnostics.broken(location, at, problem);
        } else {
            diagnostics.odd(location, at, problem);
        }
    }

    /// The offset of the next image after padding with 00 or FF, which some ROMs contain, else
    /// `end`.
    private static long nextImage(Image rom, long end) {
        if (end == rom.size() || RomImage.looksLikeImage(rom, end)) {
            return end;
        }
        int fill = rom.u8(end);
        if (fill != 0x00 && fill != 0xff) {
            return end;
        }
        long next = rom.indexOfOtherThan(fill, end);
        boolean wholeUnits = (next - end) % RomImage.UNIT == 0;
        return wholeUnits && RomImage.looksLikeImage(rom, next) ? next : end;
    }
}
