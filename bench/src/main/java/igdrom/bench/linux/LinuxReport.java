package igdrom.bench.linux;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The report of the guest's user space. It is untrusted and read up to a limit.
///
/// @param dmesg the kernel's messages about memory and i915
/// @param report the variable `IgdromReport` with its attributes, empty when missing
/// @param config the config space of the first device, empty when missing
/// @param interrupts the lines of /proc/interrupts about i915
/// @param complete whether the end mark was read
public record LinuxReport(
        List<String> dmesg, Image report, Image config, List<String> interrupts, boolean complete) {
    /// A report of which nothing has come.
    public static final LinuxReport NONE =
            new LinuxReport(List.of(), Image.EMPTY, Image.EMPTY, List.of(), false);

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_REPORT_DIGITS = 2 * 8192;

    public LinuxReport {
        dmesg = List.copyOf(dmesg);
        interrupts = List.copyOf(interrupts);
    }

    /// Reads to the end mark, the end of the stream or the limit.
    public static LinuxReport read(InputStream in) throws IOException {
        Map<String, List<String>> parts = new HashMap<>();
        String part = "";
        boolean complete = false;
        int remaining = MAX_BYTES;
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && remaining > 0 && !complete; c = in.read()) {
            remaining--;
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.startsWith(Initramfs.PART)) {
                part = text.substring(Initramfs.PART.length());
                complete = part.equals("end");
            } else {
                parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(text);
            }
        }
        return new LinuxReport(
                parts.getOrDefault("dmesg", List.of()),
                bytes(parts.getOrDefault("report", List.of())),
                bytes(parts.getOrDefault("config", List.of())),
                parts.getOrDefault("interrupts", List.of()),
                complete);
    }

    private static Image bytes(List<String> lines) {
        String digits = String.join("", lines);
        if (digits.length() > MAX_REPORT_DIGITS || digits.length() % 2 != 0) {
            return Image.EMPTY;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return Image.EMPTY;
            }
        }
        return Image.ofHex(digits);
    }

    /// Reads a report from a text.
    static LinuxReport of(String text) throws IOException {
        return read(Image.of(text.getBytes(StandardCharsets.ISO_8859_1)).stream());
    }

    /// The first message that contains `part`; empty when no message does.
    String message(String part) {
        for (String line : dmesg) {
            if (line.contains(part)) {
                return line;
            }
        }
        return "";
    }
}
