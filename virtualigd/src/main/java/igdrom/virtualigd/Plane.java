package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An enabled display plane: where its pixels are, and their format.
///
/// Spec: Intel Graphics PRM (Skylake), Volume 2c, "PLANE_CTL", "PLANE_STRIDE", "PLANE_SIZE",
/// "PLANE_SURF"; for earlier generations (Haswell), "PRI_CTL", "PRI_STRIDE", "PRI_SURF",
/// "PIPE_SRCSZ".
///
/// @param surface address in the graphics address space
/// @param stride bytes from row to row
/// @param redFirst whether red is in the lowest byte of a pixel, else blue
/// @param pages the address of each page of the surface according to the global page table, or -1
///   for an invalid entry
record Plane(int width, int height, long surface, int stride, boolean redFirst, List<Long> pages) {
    private static final int MAX_PIPES = 4;

    /// The distance between the registers of two pipes.
    private static final int PIPE_STEP = 0x1000;

    private static final int CONTROL = 0x70180;
    private static final int STRIDE = 0x70188;
    private static final int SIZE = 0x70190;
    private static final int SURFACE = 0x7019c;
    private static final int PIPE_SOURCE = 0x6001c;

    private static final int ENABLED = 1 << 31;
    private static final int GEN9 = 900;

    /// The maximum size of a surface: 4096x4096 pixels.
    private static final long MAX_SURFACE_SIZE = 64 << 20;

    private static final int PAGE = 4096;

    Plane {
        pages = List.copyOf(pages);
    }

    /// The first enabled plane of a supported format, or null.
    static @Nullable Plane find(Registers registers, int graphicsVersion) {
        for (int pipe = 0; pipe < MAX_PIPES; pipe++) {
            int base = registers.displayBase() + pipe * PIPE_STEP;
            Plane plane = of(registers, graphicsVersion, base);
            if (plane != null) {
                return plane;
            }
        }
        return null;
    }

    private static @Nullable Plane of(Registers registers, int graphicsVersion, int base) {
        int control = registers.peek(CONTROL + base);
        if ((control & ENABLED) == 0) {
            return null;
        }
        int width;
        int height;
        int stride;
        boolean redFirst;
        if (graphicsVersion >= GEN9) {
            // Linear XRGB or XBGR with 8 bits per colour.
            if ((control >>> 24 & 0xe) != 4 || (control >>> 10 & 7) != 0) {
                return null;
            }
            redFirst = (control >>> 20 & 1) != 0;
            int size = registers.peek(SIZE + base);
            width = (size & 0xffff) + 1;
            height = (size >>> 16) + 1;
            stride = (registers.peek(STRIDE + base) & 0x7ff) * 64;
        } else {
            int format = control >>> 26 & 0xf;
            if ((format != 6 && format != 14) || (control >>> 10 & 1) != 0) {
                return null;
            }
            redFirst = format == 14;
            int size = registers.peek(PIPE_SOURCE + base);
            width = (size >>> 16) + 1;
            height = (size & 0xffff) + 1;
            stride = registers.peek(STRIDE + base) & 0xffc0;
        }
        long surface = registers.peek(SURFACE + base) & 0xffff_f000L;
        if ((long) stride * height > MAX_SURFACE_SIZE || stride < 4 * width) {
            return null;
        }
        List<Long> pages = new ArrayList<>();
        for (long offset = 0; offset < (long) stride * height; offset += PAGE) {
            pages.add(registers.page(surface + offset));
        }
        return new Plane(width, height, surface, stride, redFirst, pages);
    }

    /// The size of the surface in bytes.
    long size() {
        return (long) stride * height;
    }

    /// Converts the bytes of the surface to a picture.
    Picture picture(Image bytes) {
        Emitter rgb = new Emitter();
        for (int y = 0; y < height; y++) {
            long pixel = (long) y * stride;
            for (int x = 0; x < width; x++) {
                int first = bytes.u8(pixel);
                int green = bytes.u8(pixel + 1);
                int third = bytes.u8(pixel + 2);
                rgb.u8(redFirst ? first : third).u8(green).u8(redFirst ? third : first);
                pixel += 4;
            }
        }
        return new Picture(width, height, rgb.toImage());
    }
}
