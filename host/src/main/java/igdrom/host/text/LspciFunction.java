package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.host.MemoryRange;
import igdrom.host.PciBar;
import igdrom.host.PciFunction;
import igdrom.host.VirtualFunctions;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One function of lspci's output: the lines below its first one.
///
/// Source: pciutils, lspci.c (show_verbose, show_hex_dump) and ls-ecaps.c (cap_sriov).
final class LspciFunction {
    private static final Pattern REGION =
            Pattern.compile(
                    "(?:\\[virtual\\] )?(?:Region ([0-5]): )?(Memory|I/O ports) at (\\S+)(.*)");
    private static final Pattern SIZE = Pattern.compile("\\[size=([0-9]{1,9})([KMGT]?)\\]");
    private static final Pattern TOTAL =
            Pattern.compile("Total VFs: ([0-9]{1,5}), Number of VFs: ([0-9]{1,5})");
    private static final Pattern OFFSET =
            Pattern.compile("VF offset: ([0-9]{1,5}), stride: ([0-9]{1,5})");
    private static final Pattern POWER = Pattern.compile("Status: (D[0-3])\\b.*");
    private static final Pattern HEX =
            Pattern.compile("([0-9a-f]{2,3}): ((?:[0-9a-f]{2} ){0,15}[0-9a-f]{2})");
    private static final String GROUP = "IOMMU group: ";
    private static final String DRIVER = "Kernel driver in use: ";
    private static final String CAPABILITIES = "Capabilities: ";

    private final FunctionFacts facts;
    private final String source;
    private final List<PciBar> bars = new ArrayList<>();
    private final ByteArrayOutputStream config = new ByteArrayOutputStream();
    private int nextBar;
    private boolean regions;
    private boolean verbose;
    private boolean capabilities;
    private boolean denied;
    private boolean hasDriver;
    private boolean hasGroup;
    private boolean sriov;
    private int total;
    private int enabled;
    private int offset;
    private int stride;

    LspciFunction(FunctionFacts facts, String source) {
        this.facts = facts;
        this.source = source;
    }

    FunctionFacts facts() {
        return facts;
    }

    String source() {
        return source;
    }

    boolean hasDriver() {
        return hasDriver;
    }

    boolean hasGroup() {
        return hasGroup;
    }

    /// The group that the text names before the function.
    void inGroup(int group) {
        hasGroup = true;
        facts.iommuGroup.known(Optional.of(group), source);
    }

    void line(String indented, String at) {
        String line = indented.strip();
        Matcher hex = HEX.matcher(line);
        if (hex.matches()) {
            hexLine(hex);
        } else if (line.startsWith("Subsystem: ")) {
            LspciText.lastId(line).ifPresent(id -> facts.subsystem.known(id, at));
        } else if (line.startsWith(GROUP)) {
            hasGroup = true;
            number(line.substring(GROUP.length()))
                    .ifPresent(group -> facts.iommuGroup.known(Optional.of(group), at));
        } else if (line.startsWith(DRIVER)) {
            hasDriver = true;
            facts.driver.known(Optional.of(line.substring(DRIVER.length()).strip()), at);
        } else if (line.startsWith(CAPABILITIES)) {
            capabilities = true;
            denied |= line.contains("<access denied>");
            sriov |= line.contains("(SR-IOV)");
        } else if (line.startsWith("Control: ") || line.startsWith("Flags: ")) {
            verbose = true;
        } else {
            detail(line, at);
        }
    }

    /// Lines of capabilities repeat words of the lines before them.
    private void detail(String line, String at) {
        if (!capabilities) {
            region(line);
            return;
        }
        Matcher power = POWER.matcher(line);
        if (power.matches()) {
            // The function answers, so that it is not in D3cold.
            facts.powerState.known(power.group(1).equals("D3") ? "D3hot" : power.group(1), at);
        } else if (line.contains("FLReset+")) {
            facts.resetMethods.known(List.of("flr"), at);
        } else if (sriov) {
            virtualFunctions(line, at);
        }
    }

    private void virtualFunctions(String line, String at) {
        Matcher counts = TOTAL.matcher(line);
        Matcher places = OFFSET.matcher(line);
        if (counts.find()) {
            total = Integer.parseInt(counts.group(1));
            enabled = Integer.parseInt(counts.group(2));
            facts.virtualFunctions.known(new VirtualFunctions(total, enabled), at);
        } else if (places.find()) {
            offset = Integer.parseInt(places.group(1));
            stride = Integer.parseInt(places.group(2));
        }
    }

    private void region(String line) {
        Matcher region = REGION.matcher(line);
        if (!region.matches()) {
            return;
        }
        regions = true;
        int index = region.group(1) == null ? nextBar : region.group(1).charAt(0) - '0';
        String flags = region.group(4);
        nextBar = index + (flags.contains("64-bit") ? 2 : 1);
        Matcher size = SIZE.matcher(flags);
        if (!size.find()) {
            return;
        }
        PciBar.Kind kind =
                region.group(2).startsWith("I/O")
                        ? PciBar.Kind.IO
                        : flags.contains("non-prefetchable")
                                ? PciBar.Kind.MEMORY
                                : PciBar.Kind.PREFETCHABLE_MEMORY;
        try {
            long base = HexFormat.fromHexDigitsToLong(region.group(3));
            bars.add(new PciBar(index, kind, new MemoryRange(base, bytes(size))));
        } catch (IllegalArgumentException _) {
            // <ignored> or <unassigned>: the function decodes nothing there.
        }
    }

    private static long bytes(Matcher size) {
        int unit = " KMGT".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
        return Long.parseLong(size.group(1)) << (10 * unit);
    }

    /// Lines must follow each other from 0.
    private void hexLine(Matcher hex) {
        Image bytes = Image.ofHex(hex.group(2));
        if (Integer.parseInt(hex.group(1), 16) == config.size()
                && config.size() + bytes.size() <= PciFunction.CONFIG_SIZE) {
            config.writeBytes(bytes.toByteArray());
        }
    }

    private static Optional<Integer> number(String text) {
        String digits = text.strip();
        return digits.matches("[0-9]{1,6}")
                ? Optional.of(Integer.parseInt(digits))
                : Optional.empty();
    }

    /// Adds what lines that are missing say.
    ///
    /// @param drivers whether the listing shows drivers at all
    /// @param groups whether it shows IOMMU groups
    void finish(boolean drivers, boolean groups) {
        if (drivers && !hasDriver) {
            facts.driver.known(Optional.empty(), source);
        }
        if (groups && !hasGroup) {
            facts.iommuGroup.unknown(source, "no line \"IOMMU group\"");
        }
        if (regions || (verbose && facts.classCode.isKnown())) {
            facts.bars.known(List.copyOf(bars), source);
        }
        if (denied) {
            facts.virtualFunctions.unknown(source, "lspci shows capabilities to root only");
        } else if (capabilities && !sriov) {
            facts.virtualFunctions.known(new VirtualFunctions(0, 0), source);
        } else if (sriov) {
            facts.virtualFunctions.unknown(source, "has SR-IOV; lspci -vv shows how many");
        }
        config();
    }

    private void config() {
        Image bytes = Image.of(config.toByteArray());
        if (bytes.size() == 0) {
            facts.config.unknown(source, "lspci shows it with -xxx, to root");
        } else if (bytes.size() >= 4 && bytes.u32(0) == 0xffff_ffffL) {
            facts.config.unknown(source, "reads ff: the function sleeps or is gone");
        } else {
            facts.config.known(bytes, source);
        }
    }

    /// The addresses of the virtual functions that it has now.
    List<String> virtualFunctions() {
        if (!facts.address.startsWith("0000:") || enabled > total || total > 256) {
            return List.of();
        }
        int first =
                (Integer.parseInt(facts.address.substring(5, 7), 16) << 8)
                        | (Integer.parseInt(facts.address.substring(8, 10), 16) << 3)
                        | Integer.parseInt(facts.address.substring(11), 16);
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < enabled; i++) {
            int at = first + offset + i * stride;
            addresses.add(
                    "0000:%02x:%02x.%x".formatted((at >> 8) & 0xff, (at >> 3) & 0x1f, at & 7));
        }
        return addresses;
    }
}
