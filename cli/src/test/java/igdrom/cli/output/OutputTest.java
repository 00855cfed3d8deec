package igdrom.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.report.text.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void control_characters_are_escaped() throws OutputException {
        String hostile = "GOP\u001b]0;owned\u0007 \u009b31m\u007f\r\n\t\u202etxt.exe\u2028\ud800!";
        assertThat(printed(StandardCharsets.UTF_8, hostile))
                .isEqualTo(
                        "GOP\\x1b]0;owned\\x07 \\x9b31m\\x7f\\x0d\\x0a\\x09"
                                + "\\u202etxt.exe\\u2028\\ud800!");
    }

    @Test
    void names_stay_readable_in_any_script_that_the_locale_encodes() throws OutputException {
        assertThat(printed(StandardCharsets.UTF_8, "中文 Ä 🎉")).isEqualTo("中文 Ä 🎉");
        assertThat(printed(StandardCharsets.US_ASCII, "中文 Ä 🎉"))
                .isEqualTo("\\u4e2d\\u6587 \\xc4 \\U01f389");
    }

    @Test
    void styles_are_written_only_in_colour() throws OutputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output plain = new Output(bytes, StandardCharsets.UTF_8, false);
        plain.styled(Style.HEADING, "a").coloured(true).styled(Style.BAD, "b").flush();
        assertThat(bytes).hasToString("a\033[31mb\033[0m");
    }

    @Test
    void closed_pipe_is_distinguished_from_a_full_disk() {
        assertThatThrownBy(() -> failing("Broken pipe").text("x"))
                .isInstanceOfSatisfying(
                        OutputException.class, e -> assertThat(e.readerLeft()).isTrue());
        assertThatThrownBy(() -> failing("No space left on device").text("x"))
                .isInstanceOfSatisfying(
                        OutputException.class, e -> assertThat(e.readerLeft()).isFalse());
    }

    @Test
    void terminal_is_what_launcher_and_environment_describe() {
        assertThat(Terminal.of("11 24 132", "UTF-8", Map.of("TERM", "xterm")))
                .isEqualTo(new Terminal(true, true, 132, StandardCharsets.UTF_8, true));
        assertThat(Terminal.of("11 50", "UTF-8", Map.of("NO_COLOR", "1", "COLUMNS", "7")))
                .isEqualTo(new Terminal(true, true, 40, StandardCharsets.UTF_8, false));
        assertThat(Terminal.of("10 x", "UTF-8", Map.of("TERM", "dumb")))
                .isEqualTo(new Terminal(true, false, 80, StandardCharsets.US_ASCII, false));
        assertThat(Terminal.of("00", "ANSI_X3.4-1968", Map.of()))
                .isEqualTo(new Terminal(false, false, 0, StandardCharsets.US_ASCII, true));
        assertThat(Terminal.charset("", "UTF-8")).isEqualTo("UTF-8");
        assertThat(Terminal.charset("ASCII", "UTF-8")).isEqualTo("ASCII");
        assertThat(Terminal.of("", "", Map.of()))
                .isEqualTo(new Terminal(false, false, 0, StandardCharsets.US_ASCII, true));
    }

    private static String printed(Charset charset, String text) throws OutputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Output(bytes, charset, false).text(text);
        return bytes.toString(charset);
    }

    private static Output failing(String reason) {
        return new Output(
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException(reason);
                    }
                },
                StandardCharsets.UTF_8,
                false);
    }
}
