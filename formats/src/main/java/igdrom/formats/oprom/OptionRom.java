package igdrom.formats.oprom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// An expansion ROM: its images in order, and what stands behind the last one.
///
/// Spec: PCI Firmware 3.3, "PCI Expansion ROM Contents".
public record OptionRom(List<RomImage> images, Image trailing) {
    /// More images than a ROM BAR of a real device has ever held; what is behind is trailing.
    public static final int MAX_IMAGES = 64;

    public OptionRom {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a ROM has at least one image");
        }
        images = List.copyOf(images);
    }

    /// True when an image of an expansion ROM starts at `offset`: a cheap test for a scanner. The
    /// rest of it may still be missing.
    public static boolean looksLikeRom(Image image, long offset) {
        return RomImage.looksLikeImage(image, offset);
    }

    /// Reads a ROM that starts where `rom` does. Whatever follows its last image is trailing, so
    /// `rom` may go on as far as it likes.
    ///
    /// @throws MalformedImageException when there is no first image
    public static OptionRom read(Image rom, Location location, Diagnostics diagnostics) {
        List<RomImage> images = new ArrayList<>();
        long at = 0;
        while (true) {
            RomImage image =
                    RomImage.read(rom.from(at), at, placeOf(location, images, at), diagnostics);
            long end = at + image.raw().size();
            long next = image.pcir().last() ? end : nextImage(rom, end);
            images.add(image.at(at, rom.slice(end, next - end)));
            if (image.pcir().last()) {
                return new OptionRom(images, rom.from(end));
            }
            at = next;
            if (!RomImage.looksLikeImage(rom, at)) {
                diagnostics.add(noFurtherImage(rom, location, at));
                break;
            }
            if (images.size() == MAX_IMAGES) {
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                at,
                                String.format(
                                        "more than %d images, the rest is not read", MAX_IMAGES)));
                break;
            }
            if (at > end) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                end,
                                String.format("0x%x fill bytes before the next image", at - end)));
            }
        }
        return new OptionRom(images, rom.from(at));
    }

    /// A ROM of these images: offsets and last-image indicators are set as their order demands.
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

    /// The bytes of [#write].
    public Image image() {
        Emitter out = new Emitter();
        write(out);
        return out.toImage();
    }

    /// The bytes from the first image to the end of the last.
    public long size() {
        RomImage last = images.getLast();
        return last.offset() + last.raw().size();
    }

    /// At the end of what is known an image is missing. Observed: inside firmware (ThinkPad T60,
    /// X60) the board maker took out later images and left the indicator as it was.
    private static Diagnostic noFurtherImage(Image rom, Location location, long at) {
        String problem = "an image should follow, the ROM has no further one";
        return at == rom.size()
                ? Diagnostic.broken(location, at, problem)
                : Diagnostic.odd(location, at, problem);
    }

    private static Location placeOf(Location rom, List<RomImage> before, long offset) {
        return rom.in("image " + (before.size() + 1), offset);
    }

    /// Some ROMs fill up to a larger unit between images: the offset of the next one behind nothing
    /// but 00 or FF, else `end`.
    private static long nextImage(Image rom, long end) {
        if (end == rom.size() || RomImage.looksLikeImage(rom, end)) {
            return end;
        }
        int fill = rom.u8(end);
        if (fill != 0x00 && fill != 0xff) {
            return end;
        }
        long next = rom.indexOfOtherThan(fill, end);
        boolean unit = (next - end) % RomImage.UNIT == 0;
        return unit && RomImage.looksLikeImage(rom, next) ? next : end;
    }
}
