package igdrom.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    private static final Image BYTES = Image.of(new byte[] {'n', 'e', 'w'});

    @TempDir Path directory;

    @Test
    void existing_file_is_replaced_only_when_forced() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        refuses(file, false, file + " exists (--force replaces it)");
        assertThat(file).hasContent("mine");
        new NewFile(file, OverwritePolicy.ALWAYS).checked().write(BYTES);
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void anything_but_a_regular_file_is_never_replaced() throws Exception {
        Path fifo = directory.resolve("fifo");
        Path device = directory.resolve("device");
        assumeThat(made("mkfifo", fifo.toString())).isTrue();
        refuses(fifo, true, fifo + " is not a regular file: --force does not replace it");
        refuses(fifo, false, fifo + " exists (--force replaces it)");
        Path link = Files.createSymbolicLink(directory.resolve("link"), fifo);
        refuses(link, true, link + " is not a regular file: --force does not replace it");
        refuses(directory, true, directory + " is a directory");
        Path lost = Files.createSymbolicLink(directory.resolve("lost"), Path.of("nowhere"));
        refuses(lost, true, lost + " is a dangling symbolic link");
        // Only root may make a device node.
        if (made("mknod", device.toString(), "c", "1", "7")) {
            refuses(device, true, device + " is not a regular file: --force does not replace it");
        }
        assertThat(Files.isRegularFile(fifo)).isFalse();
    }

    @Test
    void symbolic_link_is_kept_and_its_target_replaced() throws IOException {
        Path below = Files.createDirectory(directory.resolve("below"));
        Path file = Files.writeString(below.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("below/file"));
        refuses(link, false, link + " exists (--force replaces it)");
        new NewFile(link, OverwritePolicy.ALWAYS).checked().write(BYTES);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("below/file"));
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("below", "link");
    }

    @Test
    void input_is_not_replaced_by_any_of_its_names() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path missing = directory.resolve("missing");
        OverwritePolicy policy = OverwritePolicy.of(true, List.of(missing, file));
        for (Path path :
                List.of(file, link, directory.resolve("../" + directory.getFileName() + "/file"))) {
            assertThatThrownBy(() -> new NewFile(path, policy).checked())
                    .isInstanceOf(Failure.class)
                    .hasMessage(path + " is an input: --force does not replace it");
        }
        new NewFile(missing, policy).checked();
    }

    @Test
    void failure_names_the_file_and_leaves_no_temporary_file() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        Path below = file.resolve("x");
        assertThatThrownBy(() -> new NewFile(below, OverwritePolicy.ALWAYS).write(BYTES))
                .isInstanceOf(Failure.class)
                .hasMessage(below + ": Not a directory");
        Path missing = directory.resolve("missing/x");
        assertThatThrownBy(() -> new NewFile(missing, OverwritePolicy.ALWAYS).write(BYTES))
                .isInstanceOf(Failure.class)
                .hasMessage(missing + ": no such directory");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void several_files_are_renamed_all_or_none() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        try (NewFiles files = new NewFiles()) {
            files.add(new NewFile(one, OverwritePolicy.NEVER), BYTES);
            files.add(new NewFile(two, OverwritePolicy.NEVER), BYTES);
            assertThat(names()).hasSize(2).allMatch(name -> name.startsWith(".igdrom-"));
            // Another program creates the file first.
            Files.writeString(two, "theirs");
            assertThatThrownBy(files::finish)
                    .isInstanceOf(Failure.class)
                    .hasMessage(two + " exists (--force replaces it)");
        }
        assertThat(names()).containsExactly("two");
        assertThat(two).hasContent("theirs");
    }

    private void refuses(Path path, boolean force, String problem) {
        OverwritePolicy policy = force ? OverwritePolicy.ALWAYS : OverwritePolicy.NEVER;
        assertThatThrownBy(() -> new NewFile(path, policy).checked())
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .hasMessage(problem);
        assertThatThrownBy(() -> new NewFile(path, policy).write(BYTES)).hasMessage(problem);
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private static boolean made(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> directory.relativize(path).toString()).sorted().toList();
        }
    }
}
