package igdrom.bench;

import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.bytes.Image;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The screen of a real device: the frame buffer that its GOP announces, read as the processor of
/// the guest reads it, and the page table in its BAR0.
///
/// @param graphics the GOP of the device
/// @param config config space of the device in the guest
record RealScreen(GuestView view, Graphics graphics, Image config, Platform platform)
        implements Screen {
    /// The address space of the guest's processor, devices included.
    @FunctionalInterface
    interface GuestView {
        /// A copy of it; empty where it cannot be read.
        Optional<Image> read(long address, long size);
    }

    /// Spec: UEFI 2.11, "EFI_GRAPHICS_OUTPUT_PROTOCOL", `EFI_GRAPHICS_PIXEL_FORMAT`.
    private static final int RED_FIRST = 0;

    private static final int BLUE_FIRST = 1;

    private static final int PIXEL = 4;
    private static final int PAGE = 4096;
    private static final int MAX_SIDE = 16_384;
    private static final int BAR0 = 0x10;
    private static final int BAR2 = 0x18;
    private static final int BAR_IS_64_BIT = 4;
    private static final int BAR_FLAGS = 0xf;
    private static final long MIB = 1 << 20;

    /// The screen of a function; empty when no GOP drives it.
    static Optional<Screen> of(
            GuestView view, PciAddress location, Witness witness, Platform platform) {
        Image config =
                witness.function(location).map(Witness.PciFunction::config).orElse(Image.EMPTY);
        if (config.size() < Witness.PciFunction.CONFIG_SIZE) {
            return Optional.empty();
        }
        return witness.graphics().stream()
                .filter(graphics -> graphics.controller().equals(Optional.of(location)))
                .<Screen>map(graphics -> new RealScreen(view, graphics, config, platform))
                .findFirst();
    }

    @Override
    public Optional<Picture> picture() {
        boolean red = graphics.pixelFormat() == RED_FIRST;
        if (!isSane() || (!red && graphics.pixelFormat() != BLUE_FIRST)) {
            return Optional.empty();
        }
        return view.read(graphics.frameBuffer(), bytes()).map(image -> picture(image, red));
    }

    private boolean isSane() {
        return graphics.width() > 0
                && graphics.width() <= graphics.pixelsPerLine()
                && graphics.pixelsPerLine() <= MAX_SIDE
                && graphics.height() > 0
                && graphics.height() <= MAX_SIDE;
    }

    private long bytes() {
        return graphics.pixelsPerLine() * graphics.height() * PIXEL;
    }

    private Picture picture(Image image, boolean red) {
        int width = (int) graphics.width();
        int height = (int) graphics.height();
        byte[] bytes = image.toByteArray();
        byte[] rgb = new byte[3 * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int from = Math.toIntExact(y * graphics.pixelsPerLine() * PIXEL);
            for (int x = 0; x < width; x++, from += PIXEL) {
                rgb[at++] = bytes[red ? from : from + 2];
                rgb[at++] = bytes[from + 1];
                rgb[at++] = bytes[red ? from + 2 : from];
            }
        }
        return new Picture(width, height, Image.of(rgb));
    }

    /// Spec: Intel Graphics PRM (Skylake), Volume 5, "GGTT Page Table Entry"; (Haswell), "GTT Page
    /// Table Entries" with address bits 38:32 at 10:4. The table is the second half of BAR0.
    @Override
    public List<Long> pages() {
        int entry = platform.pteBits() / 8;
        long start = graphics.frameBuffer() - bar(BAR2);
        if (platform.stolenBase() == null || !isSane() || start < 0) {
            return List.of();
        }
        long count = (bytes() + PAGE - 1) / PAGE;
        long table = bar(BAR0) + platform.bar0MiB() * MIB / 2;
        Optional<Image> entries = view.read(table + start / PAGE * entry, count * entry);
        List<Long> pages = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            pages.add(entries.isEmpty() ? -1 : page(entries.get(), i * entry, entry));
        }
        return pages;
    }

    private static long page(Image entries, long at, int size) {
        long low = entries.u32(at);
        if ((low & 1) == 0) {
            return -1;
        }
        long high = size == 8 ? entries.u32(at + 4) & 0x7f : (low >>> 4) & 0x7f;
        return (low & 0xffff_f000L) | high << 32;
    }

    private long bar(int offset) {
        long low = config.u32(offset);
        long high = (low & BAR_IS_64_BIT) == 0 ? 0 : config.u32(offset + 4);
        return (low & ~BAR_FLAGS) | high << 32;
    }
}
