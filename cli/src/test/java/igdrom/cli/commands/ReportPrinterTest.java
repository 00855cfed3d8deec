package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Terminal;
import igdrom.json.JsonObject;
import igdrom.report.Detail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportPrinterTest {
    @Test
    void json_is_one_line_of_utf8_in_any_locale_and_starts_with_its_schema()
            throws OutputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output ascii = new Output(bytes, StandardCharsets.US_ASCII, false);
        Terminal terminal = new Terminal(false, false, 0, StandardCharsets.US_ASCII, false);
        Console console = new Console(ascii, ascii, terminal);
        new ReportPrinter(console, true, Detail.SUMMARY, false)
                .printDocument(
                        JsonObject.builder()
                                .put("file", "\u00c4\u001b\u009b\u202e.bin")
                                .put("size", 3)
                                .build());
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"schema\":1,\"file\":\"\u00c4\\u001B\\u009b\\u202e.bin\",\"size\":3}\n");
    }
}
