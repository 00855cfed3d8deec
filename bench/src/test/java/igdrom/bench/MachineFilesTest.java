package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Image;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {
    @TempDir Path directory = Path.of("");

    @Test
    void message_for_a_full_disk_names_the_file_and_nothing_is_left() throws Exception {
        try (Scratch scratch = Scratch.createIn(directory)) {
            Path full = scratch.file(QemuCommand.ROM);
            Files.createSymbolicLink(full, Path.of("/dev/full"));
            assertThatThrownBy(() ->
                            MachineFiles.write(scratch, QemuCommand.ROM, Image.ofAscii("rom")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(full + ": No space left on device");
        }
        assertThat(directory).isEmptyDirectory();
    }
}
