package igdrom.formats.zip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;

class ZipFuzzTest {
    private static final long LIMIT = 1 << 20;

    @FuzzTest(maxDuration = "5s")
    void archive_is_refused_or_its_files_survive_being_written_again(byte[] data) {
        ZipArchive zip;
        try {
            zip = ZipArchive.read(Image.of(data), Location.root("fuzz"), LIMIT);
        } catch (MalformedImageException _) {
            // A clear refusal.
            return;
        }
        long size = 0;
        for (ZipArchive.ZipEntry file : zip.files()) {
            size += file.contents().size();
            if (file.name().startsWith("/") || file.name().contains("..\\")) {
                throw new AssertionError(file.name());
            }
        }
        Emitter again = new Emitter();
        zip.write(again);
        if (size > LIMIT
                || !ZipArchive.read(again.toImage(), Location.root("again"), LIMIT).equals(zip)) {
            throw new AssertionError("another archive");
        }
    }
}
