package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.vfiouser.wire.Guest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the pixels of a plane.
///
/// On hardware BAR2 is a window on the pages in the global page table. Here it is separate memory,
/// so that the client can map it: pixels drawn through BAR2 exist only there.
final class PlaneReader {
    private static final int PAGE = 4096;

    private PlaneReader() {}

    /// The bytes of the surface of the plane, empty when they are not accessible.
    ///
    /// @param stolenInAperture whether the page table points into BAR2
    /// @param guest null when guest memory is not accessible
    static Optional<Image> pixels(
            Plane plane, Memory aperture, boolean stolenInAperture, @Nullable Guest guest)
            throws IOException {
        if (stolenInAperture) {
            return Optional.of(fromAperture(plane, aperture));
        }
        if (plane.surface() <= aperture.size() - plane.size()) {
            Image drawn = aperture.image(plane.surface(), (int) plane.size());
            if (guest == null || !drawn.isFilledWith(0)) {
                return Optional.of(drawn);
            }
        }
        return guest == null ? Optional.empty() : Optional.of(fromGuest(plane, guest));
    }

    /// Reads a surface in BAR2 page by page: since Meteor Lake stolen memory is in BAR2, and the
    /// page table holds offsets in it.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/gem/i915_gem_stolen.c. Observed: the Meteor Lake GOP.
    private static Image fromAperture(Plane plane, Memory aperture) {
        Emitter bytes = new Emitter();
        for (long page : plane.pages()) {
            if (page < 0 || page > aperture.size() - PAGE) {
                bytes.fill(0, PAGE);
            } else {
                bytes.image(aperture.image(page, PAGE));
            }
        }
        return bytes.toImage();
    }

    private static Image fromGuest(Plane plane, Guest guest) throws IOException {
        Emitter bytes = new Emitter();
        for (long page : plane.pages()) {
            if (page < 0) {
                bytes.fill(0, PAGE);
            } else {
                bytes.image(guest.read(page, PAGE));
            }
        }
        return bytes.toImage();
    }
}
