package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Writing a structure gives the bytes it was read from, for every structure in an image, including
/// those in decompressed data.
class RoundTripTest {
    /// Debian's ovmf, ovmf-ia32, ipxe-qemu and seabios.
    private static final List<String> SYSTEM =
            List.of("/usr/share/OVMF", "/usr/share/ovmf", "/usr/lib/ipxe", "/usr/share/seabios");

    @TestFactory
    Stream<DynamicTest> every_structure_of_the_corpus_is_written_as_it_was_read() {
        List<Path> files = new ArrayList<>();
        for (String directory : List.of("firmware", "synthetic", "gop", "oprom", "vbt")) {
            if (Files.isDirectory(Corpus.root().resolve(directory))) {
                files.addAll(Corpus.files(directory, ".xz", ".efi", ".rom", ".bin", ".vbt"));
            }
        }
        Assumptions.assumeFalse(files.isEmpty(), () -> "no corpus at " + Corpus.root());
        return files.stream().map(RoundTripTest::test);
    }

    @TestFactory
    Stream<DynamicTest> every_structure_of_free_firmware_is_written_as_it_was_read() {
        List<Path> files = new ArrayList<>();
        for (String directory : SYSTEM) {
            files.addAll(filesUnder(Path.of(directory)));
        }
        Assumptions.assumeFalse(files.isEmpty(), "none of Debian's firmware is installed");
        return files.stream().map(RoundTripTest::test);
    }

    private static DynamicTest test(Path file) {
        return DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> {
                    Image image = Corpus.image(file);
                    RoundTrip trip = new RoundTrip();
                    trip.data(image, file.getFileName().toString());
                    assertThat(trip.differing()).isEmpty();
                    // The reader finds no volume that this walk misses.
                    long volumes = volumesIn(FirmwareReader.read(image, "image").tree());
                    assertThat(trip.volumes()).isGreaterThanOrEqualTo(volumes);
                });
    }

    private static long volumesIn(Node node) {
        long count = node.type() == Node.Type.VOLUME ? 1 : 0;
        for (Node child : node.children()) {
            count += volumesIn(child);
        }
        return count;
    }

    private static List<Path> filesUnder(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().matches(".*\\.(fd|rom|bin)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
