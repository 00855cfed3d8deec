package igdrom.virtualigd;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.vfiouser.wire.Guest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the pixels of a plane.
///
/// On hardware BAR2 shows the same pages as the page table. Here it is memory of its own, so that
/// the client can map it: what was drawn there is only there.
final class PlaneReader {
    private static final int PAGE = 4096;

    private PlaneReader() {}

    /// The bytes of the plane's surface, empty when they cannot be had.
    ///
    /// @param stolenInAperture the page table points into BAR2
    static Optional<Image> pixels(
            Plane plane, Memory aperture, boolean stolenInAperture, @Nullable Guest guest)
            throws IOException {
        if (stolenInAperture) {
            return Optional.of(behindAperture(plane, aperture));
        }
        if (plane.surface() <= aperture.size() - plane.size()) {
            Image drawn = aperture.image(plane.surface(), (int) plane.size());
            if (guest == null || !drawn.isFilledWith(0)) {
                return Optional.of(drawn);
            }
        }
        return guest == null ? Optional.empty() : Optional.of(inGuest(plane, guest));
    }

    /// Since Meteor Lake stolen memory is in BAR2, and the page table says where.
    ///
    /// Source: Linux, drivers/gpu/drm/i915/gem/i915_gem_stolen.c. Observed: the Meteor Lake GOP.
    private static Image behindAperture(Plane plane, Memory aperture) {
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

    private static Image inGuest(Plane plane, Guest guest) throws IOException {
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
