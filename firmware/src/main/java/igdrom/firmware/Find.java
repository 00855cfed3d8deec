package igdrom.firmware;

import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Place;
import igdrom.firmware.gop.Gop;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.vbt.Vbt;
import java.util.List;
import java.util.Optional;

/// Something that an IGD needs, found in an image.
public sealed interface Find {
    /// Where it is, and in which file of a volume, if in one.
    Origin origin();

    /// The bytes to extract.
    Image bytes();

    /// The same find, with `file` as its file unless a file closer to it is known already.
    Find inFile(Guid file, Optional<String> name);

    /// The same find with further places where the same bytes are.
    Find alsoAt(List<Place> places);

    /// Where something was found.
    ///
    /// @param file the name GUID of the innermost file around it
    /// @param fileName what that file's user interface section calls it
    /// @param copies further places where the very same bytes are
    record Origin(Place place, Optional<Guid> file, Optional<String> fileName, List<Place> copies) {
        public Origin {
            copies = List.copyOf(copies);
        }

        static Origin at(Place place) {
            return new Origin(place, Optional.empty(), Optional.empty(), List.of());
        }

        Origin inFile(Guid guid, Optional<String> name) {
            return file.isPresent() ? this : new Origin(place, Optional.of(guid), name, copies);
        }

        Origin alsoAt(List<Place> places) {
            return new Origin(place, file, fileName, places);
        }
    }

    /// A GOP driver.
    ///
    /// @param bytes the program's extent: headers and sections, without trailing padding
    record FoundGop(Origin origin, Gop gop, Image bytes) implements Find {
        @Override
        public FoundGop inFile(Guid file, Optional<String> name) {
            return new FoundGop(origin.inFile(file, name), gop, bytes);
        }

        @Override
        public FoundGop alsoAt(List<Place> places) {
            return new FoundGop(origin.alsoAt(places), gop, bytes);
        }
    }

    /// A video BIOS table.
    ///
    /// @param bytes as many as its header says, or as there are
    record FoundVbt(Origin origin, Vbt vbt, Image bytes) implements Find {
        @Override
        public FoundVbt inFile(Guid file, Optional<String> name) {
            return new FoundVbt(origin.inFile(file, name), vbt, bytes);
        }

        @Override
        public FoundVbt alsoAt(List<Place> places) {
            return new FoundVbt(origin.alsoAt(places), vbt, bytes);
        }
    }

    /// The legacy VGA BIOS of an Intel GPU.
    record FoundVgaBios(Origin origin, RomImage image, Image bytes) implements Find {
        @Override
        public FoundVgaBios inFile(Guid file, Optional<String> name) {
            return new FoundVgaBios(origin.inFile(file, name), image, bytes);
        }

        @Override
        public FoundVgaBios alsoAt(List<Place> places) {
            return new FoundVgaBios(origin.alsoAt(places), image, bytes);
        }
    }
}
