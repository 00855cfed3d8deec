package igdrom.formats.pe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class ExecutableFuzzTest {
    private static final Location LOCATION = Location.root("fuzz");

    /// An executable that can be read is written back unchanged, and its offsets stay inside the
    /// image.
    @FuzzTest
    void reads_or_refuses(byte[] data) {
        Image image = Image.of(data);
        Executable executable;
        try {
            executable = Executable.read(image, LOCATION, new Diagnostics());
        } catch (MalformedImageException _) {
            return;
        }
        Emitter out = new Emitter();
        executable.write(out);
        if (!out.toImage().equals(image) || executable.extent() > image.size()) {
            throw new AssertionError("read and write changed the bytes");
        }
        for (SectionHeader section : executable.sections()) {
            Image bytes = executable.data(section);
            if (!bytes.isEmpty() && executable.fileOffset(section.virtualAddress()) < 0) {
                throw new AssertionError("a section does not contain its own address");
            }
        }
        if (executable instanceof PeImage pe) {
            pe.computedCheckSum();
        }
    }
}
