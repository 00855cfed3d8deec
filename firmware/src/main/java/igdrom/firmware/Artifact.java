package igdrom.firmware;

import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.gop.Gop;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.vbt.Vbt;
import java.util.List;
import java.util.Optional;

/// Something in an image that an IGD needs.
public sealed interface Artifact {
    /// Where it was found, and in which file of a volume.
    Origin origin();

    /// The bytes to extract.
    Image bytes();

    /// The same artifact with `file` as its file, unless a file closer to it is already known.
    Artifact inFile(Guid file, Optional<String> name);

    /// The same artifact with further locations of the same bytes.
    Artifact alsoAt(List<Location> locations);

    /// Where an artifact was found.
    ///
    /// @param file the name GUID of the innermost file around it
    /// @param fileName the name in that file's user interface section
    /// @param copies further locations of the same bytes
    record Origin(
            Location location,
            Optional<Guid> file,
            Optional<String> fileName,
            List<Location> copies) {
        public Origin {
            copies = List.copyOf(copies);
        }

        static Origin at(Location location) {
            return new Origin(location, Optional.empty(), Optional.empty(), List.of());
        }

        Origin inFile(Guid guid, Optional<String> name) {
            return file.isPresent() ? this : new Origin(location, Optional.of(guid), name, copies);
        }

        Origin alsoAt(List<Location> locations) {
            return new Origin(location, file, fileName, locations);
        }
    }

    /// A GOP driver.
    ///
    /// @param bytes the program's extent: headers and sections, without trailing padding
    record GopDriver(Origin origin, Gop gop, Image bytes) implements Artifact {
        @Override
        public GopDriver inFile(Guid file, Optional<String> name) {
            return new GopDriver(origin.inFile(file, name), gop, bytes);
        }

        @Override
        public GopDriver alsoAt(List<Location> locations) {
            return new GopDriver(origin.alsoAt(locations), gop, bytes);
        }
    }

    /// A video BIOS table.
    ///
    /// @param bytes as many as its header claims, or as many as there are
    record VideoBiosTable(Origin origin, Vbt vbt, Image bytes) implements Artifact {
        @Override
        public VideoBiosTable inFile(Guid file, Optional<String> name) {
            return new VideoBiosTable(origin.inFile(file, name), vbt, bytes);
        }

        @Override
        public VideoBiosTable alsoAt(List<Location> locations) {
            return new VideoBiosTable(origin.alsoAt(locations), vbt, bytes);
        }
    }

    /// The legacy VGA BIOS of an Intel GPU.
    record VgaBios(Origin origin, RomImage image, Image bytes) implements Artifact {
        @Override
        public VgaBios inFile(Guid file, Optional<String> name) {
            return new VgaBios(origin.inFile(file, name), image, bytes);
        }

        @Override
        public VgaBios alsoAt(List<Location> locations) {
            return new VgaBios(origin.alsoAt(locations), image, bytes);
        }
    }
}
