package igdrom.bench;

import igdrom.virtualigd.Picture;
import java.util.List;
import java.util.Optional;

/// The screen of a graphics device.
interface Screen {
    /// What it shows; empty when it is off.
    Optional<Picture> picture();

    /// The address in guest memory of each page that the picture is read from, according to the
    /// page table, or -1 for an invalid entry; empty when it is off, or in memory of the device.
    List<Long> pages();
}
