package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The disk of a host: an ext4 file system, whose files are read and written from outside while the
/// host is off.
///
/// Spec: e2fsprogs, debugfs(8).
public record HostDisk(Path file) {
    private static final Pattern NAME = Pattern.compile("/");
    private static final int NAME_FIELD = 5;

    /// The names of the files in a directory.
    public List<String> list(String directory) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (String line : ask("-R", "ls -p " + directory).lines().toList()) {
            String[] fields = NAME.split(line, -1);
            if (fields.length > NAME_FIELD && !fields[NAME_FIELD].startsWith(".")) {
                names.add(fields[NAME_FIELD]);
            }
        }
        return names;
    }

    /// The text of a file; empty when there is no such file.
    public String text(String path, Path work) throws IOException, InterruptedException {
        Path copy = work.resolve("text");
        Files.deleteIfExists(copy);
        ask("-R", "dump " + path + " " + copy);
        return Files.exists(copy) ? Files.readString(copy) : "";
    }

    /// Copies a file from the disk.
    public Path copy(String path, Path to) throws IOException, InterruptedException {
        String said = ask("-R", "dump " + path + " " + to);
        assertThat(to).as("%s: %s", path, said).isNotEmptyFile();
        return to;
    }

    /// Replaces a file on the disk.
    public void replace(String path, Path by) throws IOException, InterruptedException {
        ask("-w", "-R", "rm " + path);
        String said = ask("-w", "-R", "write " + by + " " + path);
        assertThat(said).as(path).contains("Allocated inode");
    }

    private String ask(String... request) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("debugfs"));
        command.addAll(List.of(request));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
