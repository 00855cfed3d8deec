package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plane that is switched on: where its pixels are and how they are to be read.
///
/// Spec: Intel Graphics PRM (Skylake), Volume 2c, "PLANE_CTL", "PLANE_STRIDE", "PLANE_SIZE",
/// "PLANE_SURF"; before it (Haswell), "PRI_CTL", "PRI_STRIDE", "PRI_SURF", "PIPE_SRCSZ".
///
/// @param surface address in the global page table
/// @param stride bytes from row to row
/// @param pages where each page of the surface is in the guest's memory, -1 for nowhere
record Plane(int width, int height, long surface, int stride, boolean redFirst, List<Long> pages) {
    /// Pipes of all generations, and how far their registers are apart.
    private static final int PIPES = 4;

    private static final int PIPE_STEP = 0x1000;

    private static final int CONTROL = 0x70180;
    private static final int STRIDE = 0x70188;
    private static final int SIZE = 0x70190;
    private static final int SURFACE = 0x7019c;
    private static final int PIPE_SOURCE = 0x6001c;

    private static final int ENABLED = 1 << 31;
    private static final int GEN9 = 900;

    /// Of the largest surface that is shown: 4096x4096.
    private static final long MAX_BYTES = 64 << 20;

    private static final int PAGE = 4096;

    Plane {
        pages = List.copyOf(pages);
    }

    /// The first plane that is switched on and that can be shown, or null.
    static @Nullable Plane find(Registers registers, int graphicsVersion) {
        for (int pipe = 0; pipe < PIPES; pipe++) {
            Plane plane = of(registers, graphicsVersion, pipe * PIPE_STEP);
            if (plane != null) {
                return plane;
            }
        }
        return null;
    }

    private static @Nullable Plane of(Registers registers, int graphicsVersion, int pipe) {
        int control = registers.peek(CONTROL + pipe);
        if ((control & ENABLED) == 0) {
            return null;
        }
        int width;
        int height;
        int stride;
        boolean redFirst;
        if (graphicsVersion >= GEN9) {
            // Linear XRGB of 8 bits each, or XBGR.
            if ((control >>> 24 & 0xe) != 4 || (control >>> 10 & 7) != 0) {
                return null;
            }
            redFirst = (control >>> 20 & 1) != 0;
            int size = registers.peek(SIZE + pipe);
            width = (size & 0xffff) + 1;
            height = (size >>> 16) + 1;
            stride = (registers.peek(STRIDE + pipe) & 0x7ff) * 64;
        } else {
            int format = control >>> 26 & 0xf;
            if ((format != 6 && format != 14) || (control >>> 10 & 1) != 0) {
                return null;
            }
            redFirst = format == 14;
            int size = registers.peek(PIPE_SOURCE + pipe);
            width = (size >>> 16) + 1;
            height = (size & 0xffff) + 1;
            stride = registers.peek(STRIDE + pipe) & 0xffc0;
        }
        long surface = registers.peek(SURFACE + pipe) & 0xffff_f000L;
        if ((long) stride * height > MAX_BYTES || stride < 4 * width) {
            return null;
        }
        List<Long> pages = new ArrayList<>();
        for (long at = 0; at < (long) stride * height; at += PAGE) {
            pages.add(registers.page(surface + at));
        }
        return new Plane(width, height, surface, stride, redFirst, pages);
    }

    /// The bytes of the surface, all rows with their stride.
    long size() {
        return (long) stride * height;
    }

    /// The picture that these bytes are.
    Picture picture(Image bytes) {
        Emitter rgb = new Emitter();
        for (int y = 0; y < height; y++) {
            long at = (long) y * stride;
            for (int x = 0; x < width; x++) {
                int one = bytes.u8(at);
                int green = bytes.u8(at + 1);
                int other = bytes.u8(at + 2);
                rgb.u8(redFirst ? one : other).u8(green).u8(redFirst ? other : one);
                at += 4;
            }
        }
        return new Picture(width, height, rgb.toImage());
    }
}
