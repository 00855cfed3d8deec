package igdrom.formats.vbt;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares our decoding with that of `intel_vbt_decode` of intel-gpu-tools.
///
/// Version 1.27 knows child devices of 40 bytes and BDB version 256. For newer tables it warns that
/// blocks are longer than expected and decodes the fields it knows, which are compared here. It
/// shows AUX channels from BDB 155 on only.
class VbtAgreementTest {
    private static final String TOOL = "intel_vbt_decode";

    @TempDir private Path directory;

    @Test
    void child_devices_agree_with_intel_vbt_decode() {
        for (Path file : Corpus.files("vbt", ".vbt")) {
            agree(file);
        }
    }

    @Test
    void built_tables_agree_with_intel_vbt_decode() throws IOException {
        for (int bdbVersion : new int[] {156, 195, 209, 228, 250, 256, 262, 263}) {
            Vbt vbt =
                    new VbtBuilder("TEST", bdbVersion)
                            .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                            .device(4, DeviceType.DUAL_MODE, DvoPort.DP_C, 4, 0x20)
                            .panel(VbtTest.FULL_HD, "Own panel")
                            .build();
            Path file = directory.resolve("built-" + bdbVersion + ".vbt");
            Files.write(file, VbtTest.bytes(vbt).toByteArray());
            String output = agree(file);
            assertThat(output).contains("Panel name: Own panel", "Mfg name: IGD");
            assertThat(output).contains("1920 2008 2052 2200 1080 1084 1089 1125 148500.00 (good)");
        }
    }

    private static String agree(Path file) {
        String output = decode(file);
        Image image = Corpus.image(file);
        Vbt vbt = Vbt.read(image, VbtTest.FILE, new Diagnostics());
        VbtContent content = VbtContent.read(vbt, VbtTest.FILE, new Diagnostics());
        GeneralDefinitions definitions = Objects.requireNonNull(content.definitions());
        String section = section(output, "General definitions block:");

        assertThat(numbers(output, "BDB version:\\s+(\\d+)", 10))
                .as(file.toString())
                .containsExactly(vbt.bdb().version());
        assertThat(numbers(section, "Child device size: (\\d+)", 10))
                .containsExactly(definitions.childSize());
        assertThat(numbers(section, "Child device count: (\\d+)", 10))
                .containsExactly(definitions.devices().size());
        List<ChildDevice> devices =
                definitions.devices().stream().filter(device -> !device.isAbsent()).toList();
        assertThat(numbers(section, "Device handle: 0x(\\p{XDigit}+)", 16))
                .as(file.toString())
                .containsExactlyElementsOf(devices.stream().map(ChildDevice::handle).toList());
        assertThat(numbers(section, "Device type: 0x(\\p{XDigit}+)", 16))
                .containsExactlyElementsOf(
                        devices.stream().map(device -> device.type().bits()).toList());
        assertThat(numbers(section, "DVO Port: .*\\(0x(\\p{XDigit}+)\\)", 16))
                .containsExactlyElementsOf(devices.stream().map(ChildDevice::dvoPort).toList());
        assertThat(numbers(section, "DDC pin: 0x(\\p{XDigit}+)", 16))
                .containsExactlyElementsOf(devices.stream().map(ChildDevice::ddcPin).toList());
        if (vbt.bdb().version() >= 155) {
            assertThat(numbers(section, "Aux channel: .*\\(0x(\\p{XDigit}+)\\)", 16))
                    .containsExactlyElementsOf(
                            devices.stream().map(ChildDevice::auxChannel).toList());
        }
        assertThat(agrees(section, "Onboard LSPCON: (yes|no)", devices, ChildDevice::lspcon))
                .isTrue();
        assertThat(agrees(section, "Lane reversal: (yes|no)", devices, ChildDevice::laneReversal))
                .isTrue();
        assertThat(agrees(section, "Thunderbolt port: (yes|no)", devices, ChildDevice::thunderbolt))
                .isTrue();
        assertThat(
                        agrees(
                                section,
                                "DP USB type C support: (yes|no)",
                                devices,
                                ChildDevice::usbTypeC))
                .isTrue();
        return output;
    }

    /// Whether the tool shows the same values for every device, or does not show the field.
    private static boolean agrees(
            String section, String field, List<ChildDevice> devices, Predicate<ChildDevice> ours) {
        List<String> theirs = matches(section, field);
        List<String> expected =
                devices.stream().map(device -> ours.test(device) ? "yes" : "no").toList();
        return theirs.isEmpty() || theirs.equals(expected);
    }

    private static String decode(Path file) {
        try {
            Process process =
                    new ProcessBuilder(TOOL, "--file=" + file)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            Assumptions.abort(TOOL + " is not installed: " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    private static String section(String output, String title) {
        int start = output.indexOf(title);
        int end = output.indexOf("\nBDB block ", start);
        return output.substring(start, end < 0 ? output.length() : end);
    }

    private static List<Integer> numbers(String text, String pattern, int radix) {
        return matches(text, pattern).stream()
                .map(digits -> Integer.valueOf(digits, radix))
                .toList();
    }

    private static List<String> matches(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
