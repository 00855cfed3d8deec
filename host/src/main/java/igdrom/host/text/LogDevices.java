package igdrom.host.text;

import igdrom.formats.pci.PciId;
import igdrom.host.FramebufferHolder;
import igdrom.host.LogMessage;
import igdrom.host.MemoryRange;
import igdrom.host.PciBar;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a kernel's log says about PCI functions. The log is a history: of each answer the last one
/// counts.
///
/// Source: Linux, drivers/pci/{probe,setup-res,iov,vgaarb}.c, drivers/iommu/iommu.c.
final class LogDevices {
    private static final String ADDRESS = "([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7])";
    private static final Pattern OF_FUNCTION =
            Pattern.compile("^([A-Za-z0-9_-]{2,40}) " + ADDRESS + ": (.*)");
    private static final Pattern FOUND =
            Pattern.compile(
                    "^\\[([0-9a-f]{4}:[0-9a-f]{4})\\] type [0-9a-f]{2} class 0x([0-9a-f]{6})\\b.*");
    private static final Pattern BAR =
            Pattern.compile(
                    "^(?:reg 0x([0-9a-f]{2}): |BAR ([0-5]):? (?:assigned )?)"
                            + "\\[(mem|io) +0x([0-9a-f]{1,15})-0x([0-9a-f]{1,15})"
                            + "(?: 64bit)?( pref)?.*\\].*");
    private static final Pattern VIRTUAL =
            Pattern.compile("^VF(?:\\(n\\))? BAR ?0.* for ([0-9]{1,4}) VFs.*");
    private static final Pattern BOOT_VGA =
            Pattern.compile("^vgaarb: setting as boot (?:VGA )?device.*");
    private static final Pattern FRAMEBUFFER =
            Pattern.compile("^(efifb|vesafb): framebuffer at 0x([0-9a-f]{1,15})\\b.*");
    private static final int FIRST_BAR = 0x10;
    private static final int MAX_BAR = 5;

    /// A function as the log shows it.
    private static final class Seen {
        private final String source;
        private @Nullable PciId id;
        private @Nullable Integer classCode;
        private @Nullable Driver driver;
        private final Map<Integer, PciBar> bars = new TreeMap<>();
        private @Nullable VirtualFunctions virtual;

        Seen(String source) {
            this.source = source;
        }
    }

    private record Driver(String name, String source) {}

    private final Map<String, Seen> functions = new HashMap<>();
    private @Nullable String bootVga;
    private String bootVgaSource = "";
    private @Nullable FramebufferHolder holder;
    private @Nullable Long framebuffer;

    void line(String text, String source) {
        Matcher line = OF_FUNCTION.matcher(text);
        Matcher memory = FRAMEBUFFER.matcher(text);
        if (line.matches()) {
            Seen seen = seen(line.group(2), source);
            if (seen != null) {
                function(seen, line, source);
            }
        } else if (memory.matches()) {
            holder = new FramebufferHolder(memory.group(1), source);
            framebuffer = HexFormat.fromHexDigitsToLong(memory.group(2));
        } else if (text.startsWith("[drm] Initialized simpledrm ")) {
            holder = new FramebufferHolder("simple-framebuffer", source);
            framebuffer = null;
        } else if (LogMessage.FRAMEBUFFER_SWITCH.is(text)) {
            holder = null;
        }
    }

    private @Nullable Seen seen(String address, String source) {
        return functions.size() < FactSheet.MAX_FUNCTIONS
                ? functions.computeIfAbsent(address, _ -> new Seen(source))
                : functions.get(address);
    }

    private void function(Seen seen, Matcher line, String source) {
        String driver = line.group(1);
        String text = line.group(3);
        Matcher found = FOUND.matcher(text);
        Matcher virtual = VIRTUAL.matcher(text);
        if (BOOT_VGA.matcher(text).matches()) {
            bootVga = line.group(2);
            bootVgaSource = source;
        } else if (text.startsWith("vgaarb: deactivate vga console")) {
            // Sent before the driver takes the device from the firmware's framebuffer.
            holder = null;
        }
        if (!driver.equals("pci")) {
            seen.driver = new Driver(driver, source);
        } else if (found.matches()) {
            seen.id = PciId.of(found.group(1));
            seen.classCode = HexFormat.fromHexDigits(found.group(2));
        } else if (virtual.matches()) {
            seen.virtual = new VirtualFunctions(Integer.parseInt(virtual.group(1)), 0);
        } else {
            bar(seen, text);
        }
    }

    private static void bar(Seen seen, String text) {
        Matcher bar = BAR.matcher(text);
        if (!bar.matches()) {
            return;
        }
        int index =
                bar.group(1) == null
                        ? Integer.parseInt(bar.group(2))
                        : (HexFormat.fromHexDigits(bar.group(1)) - FIRST_BAR) / 4;
        Optional<MemoryRange> range = Ranges.of(bar.group(4), bar.group(5));
        if (range.isEmpty() || index < 0 || index > MAX_BAR) {
            return;
        }
        PciBar.Kind kind =
                bar.group(3).equals("io")
                        ? PciBar.Kind.IO
                        : bar.group(6) == null
                                ? PciBar.Kind.MEMORY
                                : PciBar.Kind.PREFETCHABLE_MEMORY;
        seen.bars.put(index, new PciBar(index, kind, range.get()));
    }

    void addTo(FactSheet facts, String file, boolean whole) {
        functions.forEach((address, seen) -> add(facts.function(address), seen));
        if (bootVga != null) {
            functions.forEach((address, seen) -> {
                Integer code = seen.classCode;
                if (code != null && code >>> 16 == 3) {
                    facts.function(address).bootVga.known(address.equals(bootVga), bootVgaSource);
                }
            });
        }
        if (whole) {
            facts.listing(file);
            facts.holders.known(holders(facts), file);
        }
    }

    private static void add(FunctionFacts facts, Seen seen) {
        if (seen.id != null) {
            facts.id.known(seen.id, seen.source);
        }
        if (seen.classCode != null) {
            facts.classCode.known(seen.classCode, seen.source);
        }
        if (!seen.bars.isEmpty()) {
            facts.bars.known(List.copyOf(seen.bars.values()), seen.source);
        }
        if (seen.virtual != null) {
            facts.virtualFunctions.known(seen.virtual, seen.source);
        }
        Driver driver = seen.driver;
        if (driver != null) {
            facts.driver.known(Optional.of(driver.name()), driver.source());
        }
    }

    /// The firmware's framebuffer, when it is in a BAR of the IGD and no driver took the device
    /// from it.
    private List<FramebufferHolder> holders(FactSheet facts) {
        List<FramebufferHolder> holders = new ArrayList<>();
        FramebufferHolder now = holder;
        String igd = facts.igdAddress();
        Seen seen = functions.get(igd);
        if (now != null && seen != null && isIn(seen, igd)) {
            holders.add(now);
        }
        return holders;
    }

    private boolean isIn(Seen seen, String igd) {
        Long at = framebuffer;
        return at == null
                ? igd.equals(bootVga)
                : seen.bars.values().stream()
                        .map(PciBar::range)
                        .anyMatch(bar -> at >= bar.base() && at - bar.base() < bar.size());
    }
}
