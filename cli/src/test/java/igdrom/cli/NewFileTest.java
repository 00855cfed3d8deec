package igdrom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igdrom.bytes.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    private static final Image BYTES = Image.of(new byte[] {'n', 'e', 'w'});

    @TempDir Path folder;

    @Test
    void what_exists_is_replaced_when_forced_and_not_otherwise() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refuses(file, false, file + " exists (--force replaces it)");
        assertThat(file).hasContent("mine");
        new NewFile(file, true).checked().write(BYTES);
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void what_is_no_regular_file_is_never_replaced() throws Exception {
        Path fifo = folder.resolve("fifo");
        Path device = folder.resolve("device");
        assumeThat(made("mkfifo", fifo.toString())).isTrue();
        refuses(fifo, true, fifo + " is no regular file: --force does not replace it");
        refuses(fifo, false, fifo + " exists (--force replaces it)");
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
        refuses(link, true, link + " is no regular file: --force does not replace it");
        refuses(folder, true, folder + " is a folder");
        Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("nowhere"));
        refuses(lost, true, lost + " is a link that leads nowhere");
        // Only root may make one.
        if (made("mknod", device.toString(), "c", "1", "7")) {
            refuses(device, true, device + " is no regular file: --force does not replace it");
        }
        assertThat(Files.isRegularFile(fifo)).isFalse();
    }

    @Test
    void link_stays_one_and_what_it_leads_to_is_replaced() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        Path file = Files.writeString(below.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("below/file"));
        refuses(link, false, link + " exists (--force replaces it)");
        new NewFile(link, true).checked().write(BYTES);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("below/file"));
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("below", "link");
    }

    @Test
    void what_is_read_is_not_replaced_by_whatever_name() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path missing = folder.resolve("missing");
        Set<Object> read = NewFile.identities(List.of(missing, file));
        for (Path path :
                List.of(file, link, folder.resolve("../" + folder.getFileName() + "/file"))) {
            assertThatThrownBy(() -> new NewFile(path, true).checked(read))
                    .isInstanceOf(Failure.class)
                    .hasMessage(path + " is one of the files to read: --force does not replace it");
        }
        new NewFile(missing, true).checked(read);
    }

    @Test
    void failure_names_the_file_and_leaves_nothing_behind() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path below = file.resolve("x");
        assertThatThrownBy(() -> new NewFile(below, true).write(BYTES))
                .isInstanceOf(Failure.class)
                .hasMessage(below + ": Not a directory");
        Path missing = folder.resolve("missing/x");
        assertThatThrownBy(() -> new NewFile(missing, true).write(BYTES))
                .isInstanceOf(Failure.class)
                .hasMessage(missing + ": there is no such folder");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void several_files_get_their_names_all_or_none() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (NewFiles files = new NewFiles()) {
            files.add(new NewFile(one, false), BYTES);
            files.add(new NewFile(two, false), BYTES);
            assertThat(names()).hasSize(2).allMatch(name -> name.startsWith(".igdrom-"));
            // Another program is quicker.
            Files.writeString(two, "theirs");
            assertThatThrownBy(files::finish)
                    .isInstanceOf(Failure.class)
                    .hasMessage(two + " exists (--force replaces it)");
        }
        assertThat(names()).containsExactly("two");
        assertThat(two).hasContent("theirs");
    }

    private void refuses(Path path, boolean force, String problem) {
        assertThatThrownBy(() -> new NewFile(path, force).checked())
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .hasMessage(problem);
        assertThatThrownBy(() -> new NewFile(path, force).write(BYTES)).hasMessage(problem);
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
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> folder.relativize(path).toString()).sorted().toList();
        }
    }
}
