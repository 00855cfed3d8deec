package igdrom.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.report.text.StyledText.Line;
import igdrom.report.text.StyledText.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class StyledTextTest {
    private static final String WARNING =
            "  warning        on q35 this GOP gives no picture: it asks for the host's LPC bridge";

    @Test
    void line_continues_below_the_text_after_its_label() {
        assertThat(folded(WARNING, 60))
                .isEqualTo(
                        """
                          warning        on q35 this GOP gives no picture: it asks
                                         for the host's LPC bridge
                        """);
    }

    @Test
    void line_continues_below_the_text_after_all_its_labels() {
        assertThat(folded("  good  LPC bridge    the GOP is edited to assume 8086:a308", 50))
                .isEqualTo(
                        """
                          good  LPC bridge    the GOP is edited to assume
                                              8086:a308
                        """);
    }

    @Test
    void word_that_does_not_fit_below_the_text_begins_further_to_the_left() {
        String guid = "8c8ce578-8a3d-4f1c-9935-896185c32dd3";
        assertThat(folded("  OpRegion       generated, from " + guid, 40))
                .isEqualTo("  OpRegion       generated, from\n    " + guid + "\n");
    }

    @Test
    void narrow_terminal_gives_the_text_the_room_of_the_label() {
        assertThat(folded(WARNING, 33))
                .isEqualTo(
                        """
                          warning        on q35 this GOP
                            gives no picture: it asks for
                            the host's LPC bridge
                        """);
    }

    @Test
    void line_without_a_label_continues_two_columns_further_right() {
        assertThat(folded("    stolen memory: no room below 4 GiB", 30))
                .isEqualTo(
                        """
                            stolen memory: no room
                              below 4 GiB
                        """);
    }

    @Test
    void line_far_to_the_right_continues_in_its_own_column() {
        assertThat(folded(" ".repeat(17) + "(bios.bin; the device needs none)", 40))
                .isEqualTo(
                        " ".repeat(17)
                                + "(bios.bin; the device\n"
                                + " ".repeat(17)
                                + "needs none)\n");
    }

    @Test
    void text_that_fits_and_text_of_any_width_stay_as_they_are() {
        assertThat(folded(WARNING, WARNING.length())).isEqualTo(WARNING + "\n");
        assertThat(folded(WARNING, 0)).isEqualTo(WARNING + "\n");
    }

    @Test
    void no_width_breaks_a_word() {
        String words =
                "GOP 21.0.1066 lists 8086:46d1:0c, 46d1, 8c8ce578-8a3d-4f1c-9935-896185c32dd3";
        for (int columns = 8; columns < words.length(); columns++) {
            List<String> all = List.of(folded(words, columns).strip().split("\\s+", -1));
            assertThat(all).containsExactly(words.split(" ", -1));
        }
    }

    @Test
    void location_that_is_longer_than_a_line_breaks_after_a_slash() {
        assertThat(folded("           at bios.bin/BIOS@0x500000/8c8ce578-8a3d/PE32@0x4", 40))
                .isEqualTo(
                        """
                                   at
                                     bios.bin/BIOS@0x500000/
                                     8c8ce578-8a3d/PE32@0x4
                        """);
    }

    @Test
    void folded_command_line_is_the_same_command_for_a_shell() {
        String command =
                "QEMU: -device vfio-pci,host=0000:00:02.0,bus=pci.0,addr=02.0,x-igd-lpc=on,"
                        + "x-igd-opregion=on,romfile=igd.rom -nodefaults";
        StyledText text = new StyledText.Builder().text("  " + command).commandLine().build();
        assertThat(text.folded(60).plain())
                .isEqualTo(
                        """
                          QEMU: -device \\
                            vfio-pci,host=0000:00:02.0,bus=pci.0,addr=02.0,\\
                        x-igd-lpc=on,x-igd-opregion=on,romfile=igd.rom -nodefaults
                        """);
        for (int columns = 24; columns < 130; columns++) {
            String folded = text.folded(columns).plain();
            int width = Math.max(columns, 31);
            assertThat(folded.lines()).allMatch(line -> line.length() <= width);
            String joined = folded.replace("\\\n", "").strip().replaceAll(" +", " ");
            assertThat(joined).isEqualTo(command);
        }
    }

    @Test
    void styles_survive_folding() {
        StyledText text =
                new StyledText.Builder()
                        .text("  ")
                        .styled(Style.BAD, "no")
                        .styled(Style.DIM, " for this device")
                        .build();
        assertThat(text.folded(15).lines())
                .extracting(Line::spans)
                .containsExactly(
                        List.of(
                                new Span(Style.PLAIN, "  "),
                                new Span(Style.BAD, "no"),
                                new Span(Style.DIM, " for this")),
                        List.of(new Span(Style.PLAIN, "    "), new Span(Style.DIM, "device")));
    }

    private static String folded(String line, int columns) {
        return new StyledText.Builder().line(line).build().folded(columns).plain();
    }
}
