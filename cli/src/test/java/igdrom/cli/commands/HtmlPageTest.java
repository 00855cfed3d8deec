package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
    @TempDir Path directory = Path.of("");
    private Path image = Path.of("");
    private Path page = Path.of("");

    @BeforeEach
    void make_an_image() throws IOException {
        image = directory.resolve("bios.bin");
        page = directory.resolve("bios.html");
        try (OutputStream out = Files.newOutputStream(image)) {
            SampleFlash.make().writeTo(out);
        }
    }

    @Test
    void inspect_writes_the_answer_the_cards_and_the_map_as_one_page() throws IOException {
        Session session = inspect("--device", "46d1", "--html", page.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out()).startsWith("YES: this BIOS has a GOP for 8086:46d1");
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains(
                        ">YES</p>", "GOP 21.0.1066", "VBT ALDERLAKE-P", "Map of the image", "<svg")
                .contains("SHA-256 " + SampleFlash.make().sha256())
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void several_files_are_on_one_page_in_their_order() throws IOException {
        Path other = directory.resolve("other.txt");
        Files.writeString(other, "no firmware");
        Session session = inspect("--html", page.toString(), other.toString());
        assertThat(session.code()).isEqualTo(ExitCode.NO);
        String text = Files.readString(page);
        assertThat(text.indexOf(">YES</p>")).isPositive().isLessThan(text.indexOf(">NO</p>"));
    }

    @Test
    void an_existing_page_is_replaced_only_with_force() throws IOException {
        Files.writeString(page, "mine");
        assertThat(inspect("--html", page.toString()))
                .isEqualTo(Session.failed(ExitCode.USAGE, page + " exists (--force replaces it)"));
        assertThat(Files.readString(page)).isEqualTo("mine");
        assertThat(inspect("--html", page.toString(), "--force").code()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void nothing_is_written_when_no_file_can_be_read() {
        Session session =
                Session.of("inspect", "--html", page.toString(), directory.resolve("x").toString());
        assertThat(session.code()).isEqualTo(ExitCode.MACHINE);
        assertThat(page).doesNotExist();
    }

    private Session inspect(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "inspect";
        arguments[1] = image.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Session.of(arguments);
    }
}
